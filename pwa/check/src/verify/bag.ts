// In a bag (RFC 8493): its four tag files are exactly those that this payload gives; nothing beside it.
import { concat, equal, utf8 } from '../bytes.js'
import type { Bytes } from '../bytes.js'
import { UnreadableFileError } from '../errors.js'
import { readWhole } from '../hashing/reading.js'
import { sha256Hex } from '../integrity/sha.js'
import type { FileDigest, Subject } from './subject.js'
import { MANIFEST_BYTES } from './subject.js'
import { writeSums } from './files.js'

const PAYLOAD = 'data/'
const DECLARATION = 'bagit.txt'

export async function checkBag(subject: Subject): Promise<void> {
  const { container, ledger, prefix, package: whole } = subject
  const outside = [...container.files.keys()].filter((name) => !name.startsWith(prefix)).sort()
  const at = prefix.indexOf(PAYLOAD)
  const root = prefix.slice(0, Math.max(0, at))
  if (at < 0 || !container.files.has(root + DECLARATION)) {
    for (const name of outside) ledger.changed('files', 'file-planted', name)
    return
  }
  if (whole === null) return
  const within = prefix.slice(root.length)
  const payload = new Map([...subject.digests].map(([path, digest]) => [within + path, digest]))
  const tags = tagFiles(whole.case, whole.built_at.slice(0, 10), payload)
  for (const name of outside) {
    if (!name.startsWith(root) || !tags.has(name.slice(root.length))) ledger.changed('bag', 'file-planted', name)
  }
  for (const [tag, expected] of [...tags].sort(([one], [other]) => (one < other ? -1 : 1))) {
    if (!container.files.has(root + tag)) ledger.missing('bag', 'file-missing', tag)
    else if (!equal((await readTag(subject, root + tag)) ?? concat(), expected)) ledger.changed('bag', 'file-changed', tag)
  }
  ledger.passed('bag', 'bag', null, { count: payload.size })
}

/** The four tag files as the builder writes them, so each byte counts. */
function tagFiles(name: string, on: string, payload: ReadonlyMap<string, FileDigest>): Map<string, Bytes> {
  const octets = [...payload.values()].reduce((sum, { size }) => sum + size, 0)
  const files = new Map<string, Bytes>([
    [DECLARATION, utf8('BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n')],
    [
      'bag-info.txt',
      utf8(
        `Bag-Software-Agent: liuzheng\nBagging-Date: ${on}\nExternal-Identifier: ${name}\nPayload-Oxum: ${octets}.${payload.size}\n`,
      ),
    ],
    ['manifest-sha256.txt', utf8(writeSums([...payload].map(([path, { sha256 }]) => [path, sha256])))],
  ])
  return files.set('tagmanifest-sha256.txt', utf8(writeSums([...files].map(([path, data]) => [path, sha256Hex(data)]))))
}

async function readTag(subject: Subject, name: string): Promise<Bytes | null> {
  try {
    return await readWhole(subject.container, name, MANIFEST_BYTES)
  } catch (problem) {
    if (problem instanceof UnreadableFileError) return null
    throw problem
  }
}
