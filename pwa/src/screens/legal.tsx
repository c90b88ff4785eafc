// A legal text inside the app.
import { text } from '../language/language'
import { useApp } from '../shell/app'
import { Title } from '../shell/parts'
import { LegalText } from './legalText'

export function Legal({ name }: { readonly name: string }) {
  const { server } = useApp()
  return (
    <section>
      <Title>{text(`legal-${name}`)}</Title>
      <LegalText server={server} name={name} />
    </section>
  )
}
