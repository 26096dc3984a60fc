import { readMasterFile } from './masterFile'
import type { ResourceRecord } from './record'

/** The records in lines of a master file with whole names and times; or the first line that is no record. */
export function readRecords(
  lines: readonly string[],
): { readonly records: readonly ResourceRecord[] } | { readonly wrong: string } {
  const records: ResourceRecord[] = []
  for (const line of lines) {
    const { records: read, errors } = readMasterFile(line, '.')
    const [only] = read
    if (errors.length > 0 || read.length !== 1 || !only) return { wrong: line }
    records.push(only.record)
  }
  return { records }
}
