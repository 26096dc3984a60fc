import { isWithin, labelsOf, nameFrom, sameName } from './names'
import { nameText, type RecordOf, type ResourceRecord, rdataText } from './record'
import type { Zone } from './zone'

/** A zone as a master file (RFC 1035 section 5), in a person's style. */

/** The time to live that most records have. */
function commonTtl(records: readonly ResourceRecord[]): number {
  const counts = new Map<number, number>()
  for (const { ttl } of records) counts.set(ttl, (counts.get(ttl) ?? 0) + 1)
  return [...counts].reduce((best, other) => (other[1] > best[1] ? other : best), [3600, 0])[0]
}

/** The shortest spelling of a name in the zone: `@`, `mx`, or the whole name outside the zone. */
function shortName(name: string, apex: string): string {
  if (sameName(name, apex)) return '@'
  const whole = nameText(name)
  if (!isWithin(name, apex) || apex === '.') return whole
  const labels = labelsOf(name)
  return nameText(nameFrom(labels.slice(0, labels.length - labelsOf(apex).length))).replace(/\.$/, '')
}

function dataText(record: ResourceRecord, apex: string): string {
  switch (record.type) {
    case 'MX':
      return `${record.preference} ${shortName(record.exchange, apex)}`
    case 'NS':
      return shortName(record.nameServer, apex)
    case 'CNAME':
    case 'PTR':
      return shortName(record.target, apex)
    default:
      return rdataText(record)
  }
}

function soaLines(soa: RecordOf<'SOA'>, apex: string): readonly string[] {
  const numbers = [
    [soa.serial, 'serial: raise it with every change'],
    [soa.refresh, 'refresh, in seconds'],
    [soa.retry, 'retry'],
    [soa.expire, 'expire'],
    [soa.minimum, 'how long "there is no such thing" may be remembered'],
  ] as const
  return [
    `SOA   ${shortName(soa.mname, apex)} ${shortName(soa.rname, apex)} (`,
    ...numbers.map(([number, what]) => `        ${String(number).padEnd(10)} ; ${what}`),
    '        )',
  ]
}

/** The text of a zone, the SOA record first. `readZone` reads it back to the same zone. */
export function formatZone({ apex, records }: Zone): string {
  const ttl = commonTtl(records)
  const soas = records.filter(({ type }) => type === 'SOA')
  const ordered = [...soas, ...records.filter(({ type }) => type !== 'SOA')]
  const width = Math.max(...ordered.map(({ name }) => shortName(name, apex).length))
  const lines = ordered.flatMap((record, at) => {
    const before = ordered[at - 1]
    const owner = before?.name === record.name ? '' : shortName(record.name, apex)
    const own = record.ttl === ttl ? '' : `${record.ttl} `
    const [first, ...rest] =
      record.type === 'SOA' ? soaLines(record, apex) : [`${record.type.padEnd(5)} ${dataText(record, apex)}`]
    return [`${owner.padEnd(width)} ${own}${first}`, ...rest]
  })
  return `${[`$ORIGIN ${apex}`, `$TTL ${ttl}`, ...lines].join('\n')}\n`
}
