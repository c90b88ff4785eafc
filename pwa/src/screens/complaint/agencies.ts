// The names of agencies, from the server's catalogue; loaded once.
import { language } from '../../language/language'
import type { Agency } from '../../serverPorts'
import { useApp } from '../../shell/app'
import { useLoad } from '../../shell/load'

let kept: Promise<readonly Agency[]> | null = null

export function useAgencies(): readonly Agency[] {
  const { server } = useApp()
  const loaded = useLoad(() => {
    kept ??= server.complaints.agencies().catch((error: unknown) => {
      kept = null
      throw error
    })
    return kept
  }, [])
  return loaded.value ?? []
}

export function agencyName(agencies: readonly Agency[], id: string): string {
  const agency = agencies.find((one) => one.id === id)
  if (agency === undefined) return id
  return language() === 'en' ? agency.name_en : agency.name_zh
}
