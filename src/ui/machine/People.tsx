import type { MailServerState } from '../../hosts/mailServer/state'
import { machineText } from '../../messages/machine'
import { accountsOf } from '../../view/panels/machineRoom'
import type { Host } from '../../world/world'
import { Records } from './Records'

interface PeopleProps {
  readonly host: Host & { readonly state: MailServerState }
}

/** The accounts of a mail server: who they are, what they have and may have. */
export function Accounts({ host }: PeopleProps) {
  return (
    <Records
      host={host}
      title={machineText('accounts')}
      rows={accountsOf(host)}
      columns={[
        { head: machineText('address'), wire: true, shown: ({ address }) => address },
        { head: machineText('password'), wire: true, shown: ({ password }) => password },
        { head: machineText('lettersHead'), wire: true, numeric: true, shown: ({ messages }) => String(messages) },
        { head: machineText('limit'), shown: ({ quota }) => limitInWords(quota) },
      ]}
      fields={[
        { name: 'address', label: machineText('account.address'), wire: true },
        { name: 'password', label: machineText('account.password'), wire: true },
        { name: 'messages', label: machineText('account.messages'), numeric: true },
        { name: 'storage', label: machineText('account.storage'), numeric: true },
      ]}
      form={{ title: machineText('accountForm'), about: machineText('accountAbout') }}
      nameOf={({ address }) => address}
      draftOf={({ address, password, quota }) => ({
        address,
        password,
        messages: String(quota?.messages ?? ''),
        storage: String(quota?.storage ?? ''),
      })}
      changeOf={(typed) => {
        const [messages, storage] = [typed('messages').trim(), typed('storage').trim()]
        const quota = {
          ...(messages === '' ? {} : { messages: Number(messages) }),
          ...(storage === '' ? {} : { storage: Number(storage) }),
        }
        return {
          type: 'accountSet',
          host: host.name,
          address: typed('address').trim(),
          password: typed('password'),
          ...(Object.keys(quota).length > 0 && { quota }),
        }
      }}
      removalOf={({ address }) => ({ type: 'accountRemoved', host: host.name, address })}
    />
  )
}

function limitInWords(quota: ReturnType<typeof accountsOf>[number]['quota']): string {
  const limits = [
    ...(quota?.messages === undefined ? [] : [machineText('letters', { count: quota.messages })]),
    ...(quota?.storage === undefined ? [] : [machineText('octets', { count: quota.storage })]),
  ]
  return limits.length > 0 ? limits.join(', ') : machineText('noLimit')
}

/** The domains for which a server takes mail, and the people in each. */
export function Domains({ host }: PeopleProps) {
  return (
    <Records
      host={host}
      title={machineText('domains')}
      rows={host.state.config.domains}
      columns={[
        { head: machineText('domainHead'), wire: true, shown: ({ domain }) => domain },
        { head: machineText('recipientsHead'), wire: true, shown: ({ recipients }) => recipients.join(', ') },
        { head: machineText('postmasterHead'), wire: true, shown: ({ postmaster }) => postmaster },
        { head: machineText('deliversTo'), shown: ({ deliverTo }) => deliverTo ?? machineText('here') },
      ]}
      fields={[
        { name: 'domain', label: machineText('domain.domain'), wire: true },
        { name: 'recipients', label: machineText('domain.recipients'), wire: true },
        { name: 'postmaster', label: machineText('domain.postmaster'), wire: true },
        { name: 'deliverTo', label: machineText('domain.deliverTo'), wire: true },
      ]}
      form={{ title: machineText('domainForm'), about: machineText('domainAbout') }}
      nameOf={({ domain }) => domain}
      draftOf={({ domain, recipients, postmaster, deliverTo }) => ({
        domain,
        recipients: recipients.join(', '),
        postmaster,
        deliverTo: deliverTo ?? '',
      })}
      changeOf={(typed) => ({
        type: 'domainSet',
        host: host.name,
        domain: typed('domain'),
        recipients: typed('recipients')
          .split(/[\s,]+/)
          .filter((name) => name !== ''),
        postmaster: typed('postmaster'),
        ...(typed('deliverTo').trim() !== '' && { deliverTo: typed('deliverTo') }),
      })}
      removalOf={({ domain }) => ({ type: 'domainRemoved', host: host.name, domain })}
    />
  )
}
