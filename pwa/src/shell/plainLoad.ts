// Loading before anyone is signed in: there is no session yet that could have ended.
import { useEffect, useState } from 'preact/hooks'

export interface PlainLoaded<T> {
  readonly value: T | undefined
  readonly problem: unknown
  again(): void
}

export function usePlainLoad<T>(load: () => Promise<T>): PlainLoaded<T> {
  const [state, setState] = useState<{ value?: T; problem?: unknown }>({})
  const [round, setRound] = useState(0)
  useEffect(() => {
    setState({})
    load().then(
      (value) => setState({ value }),
      (problem: unknown) => setState({ problem }),
    )
  }, [round])
  return { value: state.value, problem: state.problem, again: () => setRound((n) => n + 1) }
}
