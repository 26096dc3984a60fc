import { domainOf, isDomain, LOCAL_PART_LIMIT, localPartOf, parseAddress } from '../../mail/address'
import { emptyStore, hasUser, type MessageStore, type Quota, userOf, withUser } from '../../mail/store'
import type { InterventionBody } from '../../world/intervention'
import type { RefusedChange } from '../../world/reason'
import { type Account, complete, type LocalDomain } from './config'
import type { MailServerState } from './state'

/** The people of a mail server: its accounts with their quotas, and its domains. All can be changed while the world runs. */

export const PEOPLE_CHANGES = ['accountSet', 'accountRemoved', 'domainSet', 'domainRemoved'] as const

export type PeopleChange = Extract<InterventionBody, { readonly type: (typeof PEOPLE_CHANGES)[number] }>

export const isPeopleChange = (intervention: InterventionBody): intervention is PeopleChange =>
  PEOPLE_CHANGES.some((kind) => kind === intervention.type)

type Changed = Pick<MailServerState, 'config' | 'store'>
type Result = { readonly changed: Changed } | { readonly refused: RefusedChange }

/** The server after a change of its people, or why it stays as it is. */
export function changePeople(state: MailServerState, change: PeopleChange): Result {
  switch (change.type) {
    case 'accountSet':
      return setAccount(state, change)
    case 'accountRemoved':
      return removeAccount(state, change.address.toLowerCase())
    case 'domainSet':
      return setDomain(state, change)
    case 'domainRemoved':
      return removeDomain(state, change.domain.toLowerCase())
  }
}

const refuse = (refused: RefusedChange): Result => ({ refused })

/** Adds an account, or changes its password and its quota. A new one is a recipient of its domain at once. */
function setAccount(state: MailServerState, given: Extract<PeopleChange, { type: 'accountSet' }>): Result {
  const { config } = state
  const address = given.address.trim().toLowerCase()
  const { password, quota } = given
  const parsed = parseAddress(address)
  if (!parsed || parsed.domain.startsWith('[') || parsed.localPart !== localPartOf(address))
    return refuse({ id: 'notAnAddress', given: given.address })
  const domain = domainOf(address)
  const home = config.domains.find((local) => local.domain === domain && local.deliverTo === undefined)
  if (!home) return refuse({ id: 'notOurDomain', address, domains: homesOf(config.domains) })
  if (password === '' || /\s/.test(password)) return refuse({ id: 'noPassword', address })
  const limits = Object.values(quota ?? {})
  if (limits.some((limit) => limit !== undefined && !(Number.isSafeInteger(limit) && limit >= 0)))
    return refuse({ id: 'notAQuota' })
  const account: Account = { address, password, ...(limits.length > 0 && quota ? { quota } : {}) }
  const accounts = config.accounts ?? []
  const isKnown = accounts.some((each) => each.address === address)
  const name = localPartOf(address)
  return {
    changed: {
      config: {
        ...config,
        accounts: isKnown
          ? accounts.map((each) => (each.address === address ? account : each))
          : [...accounts, account],
        domains: config.domains.map((each) =>
          each === home && !each.recipients.includes(name) ? { ...each, recipients: [...each.recipients, name] } : each,
        ),
      },
      store: withAccount(state, account),
    },
  }
}

const homesOf = (domains: readonly LocalDomain[]): readonly string[] =>
  domains.flatMap(({ domain, deliverTo }) => (deliverTo === undefined ? [domain] : []))

/** The store with the mailboxes of an account. Those of an account that was removed are on disk, and are its own again. */
function withAccount({ store, config }: MailServerState, { address, quota }: Account): MessageStore {
  const { uidValidity } = complete(config)
  const user = userOf(hasUser(store, address) ? store : emptyStore([address], { uidValidity }), address)
  if (!user) return store
  const { quota: _, ...rest } = user
  return withUser(store, address, quota ? { ...rest, quota: onlyLimits(quota) } : rest)
}

const onlyLimits = ({ storage, messages }: Quota): Quota => ({
  ...(storage === undefined ? {} : { storage }),
  ...(messages === undefined ? {} : { messages }),
})

/** Removes an account. Its mailboxes stay on disk. */
function removeAccount(state: MailServerState, address: string): Result {
  const { config } = state
  const accounts = config.accounts ?? []
  if (!accounts.some((each) => each.address === address)) return refuse({ id: 'noSuchAccount', address })
  const domain = domainOf(address)
  const name = localPartOf(address)
  const isHome = (each: LocalDomain): boolean => each.domain === domain && each.deliverTo === undefined
  if (config.domains.some((each) => isHome(each) && each.postmaster === name))
    return refuse({ id: 'ownsPostmaster', address, domain })
  return {
    changed: {
      config: {
        ...config,
        accounts: accounts.filter((each) => each.address !== address),
        domains: config.domains.map((each) =>
          isHome(each) ? { ...each, recipients: each.recipients.filter((one) => one !== name) } : each,
        ),
      },
      store: state.store,
    },
  }
}

/** Adds a domain, or changes its recipients and its postmaster. Recipients without a host to deliver to need accounts here. */
function setDomain(state: MailServerState, given: Extract<PeopleChange, { type: 'domainSet' }>): Result {
  const { config, store } = state
  const domain = given.domain.trim().toLowerCase()
  if (!isDomain(domain)) return refuse({ id: 'notADomain', given: given.domain })
  const recipients = [...new Set(given.recipients.map((name) => name.trim().toLowerCase()))]
  const postmaster = given.postmaster.trim().toLowerCase()
  const named = [...recipients, postmaster]
  const wrong = named.find((name) => name.length > LOCAL_PART_LIMIT || !parseAddress(`${name}@${domain}`))
  if (wrong !== undefined) return refuse({ id: 'notALocalPart', given: wrong })
  const deliverTo = given.deliverTo?.trim().toLowerCase()
  if (deliverTo !== undefined && !isDomain(deliverTo)) return refuse({ id: 'notADomain', given: deliverTo })
  const homeless = named.find((name) => !config.accounts?.some(({ address }) => address === `${name}@${domain}`))
  if (deliverTo === undefined && homeless !== undefined)
    return refuse({ id: 'noOwner', address: `${homeless}@${domain}` })
  const local: LocalDomain = { domain, recipients, postmaster, ...(deliverTo === undefined ? {} : { deliverTo }) }
  const isKnown = config.domains.some((each) => each.domain === domain)
  const domains = isKnown
    ? config.domains.map((each) => (each.domain === domain ? local : each))
    : [...config.domains, local]
  return { changed: { config: { ...config, domains }, store } }
}

function removeDomain({ config, store }: MailServerState, domain: string): Result {
  const domains = config.domains.filter((each) => each.domain !== domain)
  if (domains.length === config.domains.length) return refuse({ id: 'noSuchLocalDomain', domain })
  if (domains.length === 0) return refuse({ id: 'lastDomain', domain })
  return { changed: { config: { ...config, domains }, store } }
}
