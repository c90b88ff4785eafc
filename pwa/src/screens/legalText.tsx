// One of our legal texts, to be read before or after sign-up.
import type { LegalName, Server } from '../serverPorts'
import { Markdown } from '../shell/markdown'
import { Busy, Problem } from '../shell/parts'
import { usePlainLoad } from '../shell/plainLoad'

interface LegalProps {
  readonly server: Server
  readonly name: LegalName
}

export function LegalText({ server, name }: LegalProps) {
  const words = usePlainLoad(() => server.legalText(name))
  if (words.problem !== undefined) return <Problem error={words.problem} again={words.again} />
  return words.value === undefined ? <Busy /> : <Markdown source={words.value} />
}
