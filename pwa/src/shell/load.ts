// Loading something for a screen: busy, failed or there; and again on request.
import { useCallback, useEffect, useState } from 'preact/hooks'
import { SignInNeededError } from '../errors'
import { useApp } from './app'

export interface Loaded<T> {
  readonly value: T | undefined
  readonly problem: unknown
  readonly isBusy: boolean
  again(): void
  set(value: T): void
}

export function useLoad<T>(load: () => Promise<T>, on: readonly unknown[]): Loaded<T> {
  const { signInAgain } = useApp()
  const [state, setState] = useState<{ value?: T; problem?: unknown; isBusy: boolean }>({ isBusy: true })
  const [round, setRound] = useState(0)

  useEffect(() => {
    let isGone = false
    setState((before) => ({ ...before, problem: undefined, isBusy: true }))
    load().then(
      (value) => isGone || setState({ value, isBusy: false }),
      (problem: unknown) => {
        if (isGone) return
        if (problem instanceof SignInNeededError) signInAgain()
        setState((before) => ({ ...before, problem, isBusy: false }))
      },
    )
    return () => {
      isGone = true
    }
  }, [...on, round])

  const again = useCallback(() => setRound((n) => n + 1), [])
  const set = useCallback((value: T) => setState({ value, isBusy: false }), [])
  return { value: state.value, problem: state.problem, isBusy: state.isBusy, again, set }
}

/** Runs one act of the person at a time and keeps its problem for the screen. */
export function useAct(): { isBusy: boolean; problem: unknown; run(act: () => Promise<void>): Promise<boolean> } {
  const [state, setState] = useState<{ isBusy: boolean; problem: unknown }>({ isBusy: false, problem: undefined })
  const run = useCallback(async (act: () => Promise<void>) => {
    setState({ isBusy: true, problem: undefined })
    try {
      await act()
      setState({ isBusy: false, problem: undefined })
      return true
    } catch (problem) {
      setState({ isBusy: false, problem })
      return false
    }
  }, [])
  return { ...state, run }
}
