// A screen that is loaded when it is first opened.
import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Busy, Problem } from './parts'
import { OfflineError } from '../errors'

export function lazily<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let loaded: ComponentType<P> | null = null
  return function Lazily(props: P) {
    const [Screen, setScreen] = useState(() => loaded)
    const [problem, setProblem] = useState<unknown>(null)
    const [round, setRound] = useState(0)
    useEffect(() => {
      if (loaded !== null) return
      setProblem(null)
      load().then(
        (screen) => {
          loaded = screen
          setScreen(() => screen)
        },
        // The only way a chunk of our own cannot come is that nothing comes.
        () => setProblem(new OfflineError()),
      )
    }, [round])
    if (problem !== null) return <Problem error={problem} again={() => setRound((n) => n + 1)} />
    return Screen === null ? <Busy /> : <Screen {...props} />
  }
}
