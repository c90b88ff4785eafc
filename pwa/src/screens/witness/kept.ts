// The secret of a bound link, in this browser alone; by its token, so that the same address finds it again.

const key = (token: string) => `witness-${token}`

export function keptSecret(token: string): string {
  return token === '' ? '' : (localStorage.getItem(key(token)) ?? '')
}

export function keepSecret(token: string, secret: string): void {
  localStorage.setItem(key(token), secret)
}
