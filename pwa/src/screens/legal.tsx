// A legal text inside the app.
import { text } from '../language/language'
import type { LegalName } from '../serverPorts'
import { useApp } from '../shell/app'
import { Title } from '../shell/parts'
import { LegalText } from './legalText'

export function Legal({ name }: { readonly name: LegalName }) {
  const { server } = useApp()
  return (
    <section>
      <Title>{text(`legal-${name}`)}</Title>
      <LegalText server={server} name={name} />
    </section>
  )
}
