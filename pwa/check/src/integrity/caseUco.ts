// 5_PROOF/case.jsonld, made again: what the exhibit manifest says, in the words of CASE and UCO
// (docs/formats/case-uco.md). A pure function of files that package.json lists.
import { sha1 } from '@noble/hashes/legacy.js'
import type { Bytes } from '../bytes.js'
import { concat, hex, unhex, utf8 } from '../bytes.js'
import type { Json } from '../canonical.js'
import { canonical } from '../canonical.js'
import type { ExhibitEntry, Exhibits, TokenEntry } from '../formats.js'
import * as layout from '../layout.js'
import type { Event } from './event.js'

const EDITION = 'liuzheng/case/v1'
const NAMESPACE = unhex('1f6c2a0e8d374b59a1c45e0b7d92f683')
const UCO = 'https://ontology.unifiedcyberontology.org/uco/'
const CONTEXT = {
  'case-investigation': 'https://ontology.caseontology.org/case/investigation/',
  kb: 'urn:uuid:',
  'uco-action': `${UCO}action/`,
  'uco-core': `${UCO}core/`,
  'uco-identity': `${UCO}identity/`,
  'uco-observable': `${UCO}observable/`,
  'uco-role': `${UCO}role/`,
  'uco-tool': `${UCO}tool/`,
  'uco-types': `${UCO}types/`,
  xsd: 'http://www.w3.org/2001/XMLSchema#',
}
const JSON_TYPE = 'application/json'
const TOKEN_TYPE = 'application/timestamp-reply'
const EMBEDDED = 'embedded' // as a token's source: the house's own authority

type Entry = Record<string, Json>

/** What package.json says of one file. */
export interface Listed {
  readonly sha256: string
  readonly size: number
}

/** What it tells of a custody event. */
export type Told = Pick<Event, 'act' | 'at' | 'actorType'>

/** What the description is made of, besides the exhibit manifest. */
export interface Sources {
  readonly sm3: ReadonlyMap<string, string | null> // by exhibit number
  readonly listed: ReadonlyMap<string, Listed> // by path: at least what `madeOf` names
  readonly events: ReadonlyMap<string, Told> // by path: at least what `eventsOf` names
}

/** The paths of the custody events that it tells. */
export function eventsOf(exhibits: Exhibits): readonly string[] {
  return exhibits.exhibits.flatMap(({ custody, parent }) => [...custody, ...(parent?.events ?? [])])
}

/** The paths of all files, besides sm3.json, on which it rests. */
export function madeOf(exhibits: Exhibits): readonly string[] {
  const proofs = exhibits.exhibits.flatMap(({ tokens, receipt }) => [
    ...tokens.map(({ path }) => path),
    ...(receipt === null ? [] : [receipt.path]),
  ])
  return [layout.EXHIBITS, ...eventsOf(exhibits), ...proofs]
}

/** RFC 8785 bytes of the JSON-LD document, in pieces: of a whole one there may be megabytes. */
export function* write(exhibits: Exhibits, sources: Sources): Generator<Bytes> {
  yield concat(utf8('{"@context":'), canonical(CONTEXT), utf8(',"@graph":'))
  let before = '['
  for (const entry of new Graph(exhibits, sources).entries()) {
    yield concat(utf8(before), canonical(entry))
    before = ','
  }
  yield utf8(']}')
}

class Graph {
  readonly #scope: string
  readonly #actors = new Map<string, Entry>()

  constructor(
    readonly exhibits: Exhibits,
    readonly sources: Sources,
  ) {
    this.#scope = this.#listed(layout.EXHIBITS).sha256
  }

  /** The package; its exhibits in their order; last who acted, as they came up. */
  *entries(): Generator<Entry> {
    yield this.#investigation()
    yield this.#entry('house', 'uco-identity:Organization', this.exhibits.house)
    yield this.#entry('tool', 'uco-tool:Tool', 'Liuzheng')
    yield this.#file('manifest', layout.EXHIBITS, JSON_TYPE)
    yield this.#packaged()
    for (const exhibit of this.exhibits.exhibits) yield* this.#exhibit(exhibit)
    yield* this.#actors.values()
  }

  #investigation(): Entry {
    const made = this.exhibits
    return {
      ...this.#entry('investigation', 'case-investigation:Investigation', made.case),
      'uco-core:createdBy': this.#to('house'),
      'uco-core:object': [this.#to('manifest'), this.#to('packaged'), ...this.#toEach('provenance')],
      'uco-core:objectCreatedTime': time(made.built_at),
      'uco-core:tag': made.sample ? [EDITION, 'sample'] : [EDITION],
    }
  }

  #packaged(): Entry {
    return {
      ...this.#action('packaged', 'packaged', this.exhibits.built_at, 'house'),
      'uco-action:instrument': [this.#to('tool')],
      'uco-action:object': this.#toEach('exhibit'),
      'uco-action:result': [this.#to('manifest'), ...this.#toEach('provenance')],
    }
  }

  #exhibit(exhibit: ExhibitEntry): readonly Entry[] {
    const { number, parent, receipt } = exhibit
    const name = `exhibit/${number}`
    const file = this.#file(name, exhibit.path, exhibit.media_type, exhibit, this.sources.sm3.get(number) ?? null)
    const gave = receipt === null ? null : `receipt/${number}`
    return [
      parent === null ? file : { ...file, 'case-investigation:wasDerivedFrom': [this.#to(`parent/${number}`)] },
      {
        ...this.#entry(`provenance/${number}`, 'case-investigation:ProvenanceRecord', exhibit.name),
        'case-investigation:exhibitNumber': number,
        'uco-core:object': [this.#to(name)],
        'uco-core:tag': [exhibit.form],
      },
      ...(receipt === null ? [] : [this.#file(`receipt/${number}`, receipt.path, JSON_TYPE)]),
      ...this.#events(`event/${number}`, exhibit.custody, name, gave),
      ...(parent === null
        ? []
        : [this.#withheld(number, parent.commitment), ...this.#events(`parent-event/${number}`, parent.events, `parent/${number}`, null)]),
      ...exhibit.tokens.flatMap((token, index) => this.#stamp(`${number}/${index + 1}`, token, name)),
    ]
  }

  /** The events of one chain, each tied to the one before it; `gave` came of the first. */
  #events(prefix: string, paths: readonly string[], about: string, gave: string | null): readonly Entry[] {
    return paths.map((path, index) => {
      const { act, at, actorType } = need(this.sources.events, path)
      const by = this.#actor(`role/${actorType}`, 'uco-role:Role', actorType)
      return {
        ...this.#action(`${prefix}/${index + 1}`, act, at, by),
        'uco-action:instrument': [this.#to('tool')],
        'uco-action:object': [this.#to(about)],
        'uco-core:description': [path],
        ...(index > 0 ? { 'case-investigation:wasInformedBy': [this.#to(`${prefix}/${index}`)] } : {}),
        ...(index === 0 && gave !== null ? { 'uco-action:result': [this.#to(gave)] } : {}),
      }
    })
  }

  /** What an exhibit was made from: nothing is known of it but the commitment. */
  #withheld(number: string, commitment: string): Entry {
    const name = `parent/${number}`
    return {
      ...this.#entry(name, 'uco-observable:ObservableObject'),
      'uco-core:externalReference': [
        {
          ...this.#entry(`${name}/commitment`, 'uco-core:ExternalReference'),
          'uco-core:definingContext': 'liuzheng/commitment',
          'uco-core:externalIdentifier': commitment,
        },
      ],
      'uco-core:tag': ['withheld'],
    }
  }

  #stamp(place: string, token: TokenEntry, about: string): readonly Entry[] {
    const { source } = token
    const by = source === EMBEDDED ? 'house' : this.#actor(`authority/${source}`, 'uco-identity:Organization', source)
    return [
      this.#file(`token/${place}`, token.path, TOKEN_TYPE),
      {
        ...this.#action(`stamp/${place}`, 'time-stamped', token.gen_time, by),
        'uco-action:object': [this.#to(about)],
        'uco-action:result': [this.#to(`token/${place}`)],
        'uco-core:tag': [token.self_issued ? 'self-issued' : 'outside'],
      },
    ]
  }

  #actor(name: string, kind: string, called: string): string {
    if (!this.#actors.has(name)) this.#actors.set(name, this.#entry(name, kind, called))
    return name
  }

  #action(name: string, act: string, at: string, by: string): Entry {
    return {
      ...this.#entry(name, 'case-investigation:InvestigativeAction', act),
      'uco-action:endTime': time(at),
      'uco-action:performer': this.#to(by),
      'uco-action:startTime': time(at),
    }
  }

  #file(name: string, path: string, mediaType: string, found: Listed = this.#listed(path), sm3: string | null = null): Entry {
    const { sha256, size } = found
    const hashes = [this.#hash(name, 'SHA256', sha256), ...(sm3 === null ? [] : [this.#hash(name, 'SM3', sm3)])]
    return {
      ...this.#entry(name, 'uco-observable:File'),
      'uco-core:hasFacet': [
        {
          ...this.#entry(`${name}/file`, 'uco-observable:FileFacet'),
          'uco-observable:fileName': path.slice(path.lastIndexOf('/') + 1),
          'uco-observable:filePath': path,
          'uco-observable:sizeInBytes': size,
        },
        {
          ...this.#entry(`${name}/content`, 'uco-observable:ContentDataFacet'),
          'uco-observable:hash': hashes,
          'uco-observable:mimeType': mediaType,
          'uco-observable:sizeInBytes': size,
        },
      ],
    }
  }

  #hash(name: string, method: string, value: string): Entry {
    return {
      ...this.#entry(`${name}/${method}`, 'uco-types:Hash'),
      'uco-types:hashMethod': method,
      'uco-types:hashValue': { '@type': 'xsd:hexBinary', '@value': value },
    }
  }

  /** One thing of the graph, and what it is called where it has a name. */
  #entry(name: string, kind: string, called?: string): Entry {
    return { ...this.#to(name), '@type': kind, ...(called === undefined ? {} : { 'uco-core:name': called }) }
  }

  #toEach(kind: string): readonly Entry[] {
    return this.exhibits.exhibits.map(({ number }) => this.#to(`${kind}/${number}`))
  }

  /** The same for the same exhibits.json: other packages' things are never meant. */
  #to(name: string): Entry {
    return { '@id': `kb:${nameUuid(`${this.#scope}/${name}`)}` }
  }

  #listed(path: string): Listed {
    return need(this.sources.listed, path)
  }
}

function time(at: string): Entry {
  return { '@type': 'xsd:dateTime', '@value': at }
}

function need<T>(known: ReadonlyMap<string, T>, path: string): T {
  const found = known.get(path)
  if (found === undefined) throw new Error('a source that was not asked for')
  return found
}

/** UUID version 5 (RFC 9562 section 5.5) in our namespace. SHA-1 only names here, and proves nothing. */
function nameUuid(name: string): string {
  const data = sha1(concat(NAMESPACE, utf8(name))).slice(0, 16)
  data[6] = ((data[6] ?? 0) & 0x0f) | 0x50
  data[8] = ((data[8] ?? 0) & 0x3f) | 0x80
  return hex(data).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
