// The digest of this page. A page opened by double-click cannot read its own file; but the build writes the file so
// that the browser's own spelling of what it loaded is the file, byte for byte (docs/check.md). To be called before
// anything on the page is changed. It tells an honest page from another one; a forged page can say what it likes.
import { utf8 } from '../bytes.js'
import { sha256Hex } from '../integrity/sha.js'

const DOCTYPE = '<!DOCTYPE html>\n'

export function takeOwnDigest(): string {
  return sha256Hex(utf8(DOCTYPE + document.documentElement.outerHTML))
}
