// How a package comes in: a folder or a ZIP, by a button, by the browser's own input, or dropped.
import type { Found } from '../container/folder.js'
import type { Chosen } from '../verify/checking.js'

export interface Choice {
  readonly chosen: Chosen
  readonly name: string
}

type Pick = () => Promise<FileSystemDirectoryHandle>

/** The files of `<input webkitdirectory>`: no empty folders are among them. */
export function fromInput(files: FileList): Choice | null {
  const [first] = files
  if (first === undefined) return null
  const [name = ''] = first.webkitRelativePath.split('/')
  const found = Array.from(files, (file) => ({ path: file.webkitRelativePath.slice(name.length + 1), file }))
  return { chosen: { folder: found, showsFolders: false }, name }
}

export function fromFile(file: File): Choice {
  return { chosen: { file }, name: file.name }
}

/** The browser's own folder dialogue that also shows empty folders; null where there is none or it is refused. */
export async function fromPicker(): Promise<Choice | 'none' | 'cancelled'> {
  const pick = (window as unknown as { showDirectoryPicker?: Pick }).showDirectoryPicker
  if (pick === undefined) return 'none'
  try {
    const root = await pick.call(window)
    const folder: Found[] = []
    await walkHandle(root, '', folder)
    return { chosen: { folder, showsFolders: true }, name: root.name }
  } catch (problem) {
    if (problem instanceof DOMException && problem.name === 'AbortError') return 'cancelled'
    if (problem instanceof DOMException) return 'none' // refused for pages from files: the plain input remains
    throw problem
  }
}

/** What was dropped: one folder or one file. Must be called at once, while the drop is being told. */
export function fromDrop(data: DataTransfer): Promise<Choice | null> {
  const entry = data.items[0]?.webkitGetAsEntry() ?? null
  const file = data.files[0]
  if (entry?.isDirectory) return fromEntry(entry as FileSystemDirectoryEntry)
  return Promise.resolve(file === undefined ? null : fromFile(file))
}

async function fromEntry(root: FileSystemDirectoryEntry): Promise<Choice> {
  const folder: Found[] = []
  await walkEntry(root, '', folder)
  return { chosen: { folder, showsFolders: true }, name: root.name }
}

async function walkHandle(folder: FileSystemDirectoryHandle, path: string, found: Found[]): Promise<void> {
  const entries = (folder as unknown as { entries(): AsyncIterable<[string, FileSystemHandle]> }).entries()
  for await (const [name, handle] of entries) {
    if (handle.kind === 'file') {
      found.push({ path: path + name, file: await (handle as FileSystemFileHandle).getFile() })
    } else {
      found.push({ path: path + name, file: null })
      await walkHandle(handle as FileSystemDirectoryHandle, `${path}${name}/`, found)
    }
  }
}

async function walkEntry(folder: FileSystemDirectoryEntry, path: string, found: Found[]): Promise<void> {
  const reader = folder.createReader()
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return
    for (const entry of some) {
      if (entry.isFile) {
        const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))
        found.push({ path: path + entry.name, file })
      } else {
        found.push({ path: path + entry.name, file: null })
        await walkEntry(entry as FileSystemDirectoryEntry, `${path}${entry.name}/`, found)
      }
    }
  }
}
