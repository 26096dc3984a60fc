import { commandEntries } from './catalogue'

/** The lines of HELP: all commands, or the one asked for, or undefined where there is none of that name. */
export function helpLines(
  topic: string,
  offers: { readonly auth: boolean; readonly tls: boolean },
): readonly string[] | undefined {
  const offered = commandEntries.filter(
    ({ name }) => (name !== 'AUTH' || offers.auth) && (name !== 'STARTTLS' || offers.tls),
  )
  if (topic === '') return ['Commands:', offered.map((entry) => entry.name).join(' '), 'For more on one: HELP command']
  const entry = offered.find((one) => one.name === topic)
  return entry && [entry.syntax, `${entry.term} (${entry.rfc})`]
}
