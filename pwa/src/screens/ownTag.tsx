// What the machine did not see: a person's own tag on words of a message. Proposing it confirms it.
import { useState } from 'preact/hooks'
import { text } from '../language/language'
import type { TimelineRecord } from '../serverPorts'
import { useApp } from '../shell/app'
import { Button } from '../shell/parts'
import { TagForm } from './tagForm'

export function OwnTag({ record, onDone }: { readonly record: TimelineRecord; readonly onDone: () => void }) {
  const { server } = useApp()
  const [isOpen, setOpen] = useState(false)
  const [isSaved, setSaved] = useState(false)
  return (
    <>
      <Button aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>{text('own-tag-add')}</Button>
      {isOpen && (
        <TagForm
          id={`own-${record.id}`}
          kind=""
          span={[0, 0]}
          words={record.text}
          act={text('own-tag-do')}
          onSave={async (own) => {
            await server.propose(record.id, own)
            setOpen(false)
            setSaved(true)
            onDone()
          }}
        />
      )}
      <p role="status" class="hint">{isSaved && text('own-tag-saved')}</p>
    </>
  )
}
