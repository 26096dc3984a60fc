import type { PolicyValue, RefusedChange } from '../../world/reason'
import { complete, type MailServerConfig } from './config'
import { type Amount, OPTIONS, type Option, type PolicyName, type Switch } from './options'

/** The policies of a mail server that a learner can change while the world runs. Existing sessions keep the old values. */

export type { PolicyValue } from '../../world/reason'
export type { PolicyName } from './options'

/** A switch of the lab at one server; only an amount has a least value. */
export interface Policy extends Pick<Switch, 'offered'>, Partial<Pick<Amount, 'least'>> {
  readonly policy: PolicyName
  readonly value: PolicyValue
}

type Rule = Option & { readonly lab: Switch }

/** The options that are switches, in the order of their table. */
const RULES: ReadonlyMap<string, Rule> = new Map(
  Object.entries<Option & { readonly lab?: Switch }>(OPTIONS).flatMap(([name, { lab, ...option }]) =>
    lab ? [[name, { ...option, lab }]] : [],
  ),
)
const isPolicy = (name: string): name is PolicyName => RULES.has(name)

/** All policies of a server with their present values, for display and change. */
export function policiesOf(state: { readonly config: MailServerConfig }): readonly Policy[] {
  const config = complete(state.config)
  return [...RULES].flatMap(([policy, rule]) =>
    isPolicy(policy)
      ? {
          policy,
          value: config[policy],
          offered: rule.lab.offered,
          ...(rule.kind === 'amount' ? { least: rule.least } : {}),
        }
      : [],
  )
}

/** True of a policy that changes something at this server: it has a service that the policy concerns. */
export function matters(policy: PolicyName, { services }: MailServerConfig): boolean {
  const concerns = RULES.get(policy)?.lab.concerns
  return concerns === undefined || services.some(({ service }) => concerns.includes(service))
}

/** The configuration with one policy changed, or why it cannot be. */
export function changePolicy(
  config: MailServerConfig,
  policy: string,
  given: PolicyValue,
): { readonly config: MailServerConfig } | { readonly refused: RefusedChange } {
  const rule = RULES.get(policy)
  if (!rule) return { refused: { id: 'noSuchPolicy', policy, policies: [...RULES.keys()] } }
  const { offered: values } = rule.lab
  if (rule.kind === 'amount') {
    const { least } = rule
    const fits = typeof given === 'number' && Number.isSafeInteger(given) && given >= least
    if (!fits) return { refused: { id: 'notWhole', policy, least, given } }
  } else if (!values.includes(given)) {
    return { refused: { id: 'notAmong', policy, values, given } }
  }
  return { config: { ...config, [policy]: given } }
}
