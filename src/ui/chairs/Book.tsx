import { complete, type MailServerConfig } from '../../hosts/mailServer/config'
import { chairsText } from '../../messages/chairs'
import { serviceAt } from '../../session/service'
import styles from './chair.module.css'

/** All that a server knows of its own: domains, people, whom it relays for, and how much it takes. */
export function Book({ config, port }: { readonly config: MailServerConfig; readonly port: number }) {
  const { domains, relayForStrangers, maxSize } = complete(config)
  const people = [...new Set(domains.flatMap(({ recipients }) => [...recipients, 'postmaster']))]
  const relays = relayForStrangers
    ? 'relaysForAll'
    : serviceAt(port)?.clients === 'users'
      ? 'relaysForUsers'
      : 'relaysForNone'
  return (
    <section aria-label={chairsText('book')}>
      <h2 className={styles.bookTitle}>{chairsText('book')}</h2>
      <dl className={styles.book}>
        <div>
          <dt>{chairsText('takesFor')}</dt>
          <dd translate="no">
            <code>{domains.map(({ domain }) => domain).join(', ')}</code>
          </dd>
        </div>
        <div>
          <dt>{chairsText('people')}</dt>
          <dd translate="no">
            <code>{people.join(', ')}</code>
          </dd>
        </div>
        <div>
          <dt>{chairsText('relaysFor')}</dt>
          <dd>{chairsText(relays)}</dd>
        </div>
        <div>
          <dt>{chairsText('largest')}</dt>
          <dd>{chairsText('octets', { count: maxSize })}</dd>
        </div>
      </dl>
    </section>
  )
}
