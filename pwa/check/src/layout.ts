// Where things lie in a package (docs/formats/package.md): ASCII names, and who lists them.

export const COMPLAINT = '2_COMPLAINT.pdf'
export const EXHIBITS_FOLDER = '3_EXHIBITS'
export const CHECKER = '4_CHECK.html'
export const EXHIBITS = '5_PROOF/exhibits.json'
export const PACKAGE = '5_PROOF/package.json'
export const SIGNATURE = '.sig' // behind a manifest's path
export const SM3 = '5_PROOF/sm3.json'
export const CASE_UCO = '5_PROOF/case.jsonld'
export const TRUST = '5_PROOF/trust.json'
export const CHECKPOINT = '5_PROOF/log/checkpoint.txt'
export const LOG_HISTORY = '5_PROOF/log/history.json'
export const SUMS = 'SHA256SUMS.txt'
export const RENEWAL = '.renewal.json' // behind a token's path: the text that it is over

export const CASE = /[A-Z0-9](?:[A-Z0-9\-]{0,38}[A-Z0-9])?/
export const NUMBER = /[A-Z]-[1-9][0-9]{0,3}/
export const PATH = /[A-Za-z0-9_][A-Za-z0-9_.\-]{0,79}(?:\/[A-Za-z0-9_][A-Za-z0-9_.\-]{0,79}){0,4}/
export const PACKAGE_TOKENS = /^5_PROOF\/package\.json\.[1-9][0-9]?\.tsr$/

/** Whether package.json cannot list this file: itself, its signature and tokens, the sums. */
export function isUnlisted(path: string): boolean {
  return path === PACKAGE || path === PACKAGE + SIGNATURE || path === SUMS || PACKAGE_TOKENS.test(path)
}

export function manifestTokenPath(manifest: string, number: number): string {
  return `${manifest}.${number}.tsr`
}

export function earlierCheckpointPath(size: number): string {
  return `5_PROOF/log/${size}.txt`
}
