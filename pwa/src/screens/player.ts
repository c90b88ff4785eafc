// A player that can play some seconds and then stops; seconds before loading wait for it.
import { useEffect, useRef } from 'preact/hooks'

export function usePlayer() {
  const player = useRef<HTMLMediaElement>(null)
  const until = useRef(Infinity)
  useEffect(() => {
    const audio = player.current
    if (audio === null) return
    const stop = () => {
      if (audio.currentTime < until.current) return
      until.current = Infinity
      audio.pause()
    }
    audio.addEventListener('timeupdate', stop)
    return () => audio.removeEventListener('timeupdate', stop)
  }, [])
  const play = (from: number, to: number) => {
    const audio = player.current
    if (audio === null) return
    until.current = to
    audio.currentTime = from
    // A browser that refuses leaves the player where it is: the person can press play there.
    audio.play().catch(() => undefined)
  }
  return { player, play }
}
