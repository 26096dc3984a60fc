import { useId, useMemo } from 'react'
import { cacheRows } from '../../hosts/dns/resolver'
import type { ResolverState } from '../../hosts/dns/resolverState'
import { machineText } from '../../messages/machine'
import styles from '../panels/panels.module.css'
import { useRunActions, useRunStore } from '../run/RunContext'
import own from './machine.module.css'
import type { RoomProps } from './room'
import { Section } from './Section'
import { useSecond } from './useSecond'

/** The cached records of a resolver, with their remaining time. */
export function CacheRoom({ host }: RoomProps) {
  const second = useSecond()
  const id = useId()
  const actions = useRunActions()
  const { readOnly } = useRunStore()
  const state = host.state as ResolverState
  const rows = useMemo(() => cacheRows(state, second), [state, second])
  return (
    <Section title={machineText('cache')} aside={machineText('records', { count: rows.length })}>
      {rows.length === 0 ? (
        <p className={own.note}>{machineText('cacheEmpty')}</p>
      ) : (
        <table className={`${styles.table} ${own.cache}`} aria-label={machineText('cache')}>
          <thead>
            <tr>
              <th scope="col">{machineText('name')}</th>
              <th scope="col">{machineText('type')}</th>
              <th scope="col">{machineText('value')}</th>
              <th scope="col" className={own.share}>
                <span className="unseen">{machineText('share')}</span>
              </th>
              <th scope="col" className={styles.number}>
                {machineText('left')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, type, value, negative, storedAt, expiresAt }) => (
              <tr key={`${name} ${type} ${value}`}>
                <td className={styles.wire}>{name}</td>
                <td className={`${styles.wire} ${own.type}`}>{type}</td>
                <td className={styles.wire}>
                  {negative && (
                    <svg className={own.no} viewBox="0 0 14 14" width="12" height="12" aria-hidden="true">
                      <path d="M3 3l8 8M11 3l-8 8" />
                    </svg>
                  )}{' '}
                  {value}
                </td>
                <td className={own.share}>
                  <Left share={(expiresAt - second) / Math.max(expiresAt - storedAt, 1)} />
                </td>
                <td className={`${styles.wire} ${styles.number}`} data-head={machineText('left')}>
                  {Math.max(0, Math.ceil((expiresAt - second) / 1000))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {!readOnly && rows.length > 0 && (
        <p className={own.deed}>
          <button
            type="button"
            className={styles.button}
            disabled={!host.up}
            aria-describedby={`${id}-about`}
            onClick={() => actions.intervene({ type: 'cacheFlushed', host: host.name })}
          >
            {machineText('flush')}
          </button>
          <span id={`${id}-about`} className={own.about}>
            {machineText('flushAbout')}
          </span>
        </p>
      )}
    </Section>
  )
}

function Left({ share }: { readonly share: number }) {
  return (
    <svg className={own.left} viewBox="0 0 96 4" width="96" height="4" aria-hidden="true">
      <path className={own.whole} d="M0 2H96" />
      <path className={own.rest} d={`M0 2H${(96 * Math.min(Math.max(share, 0), 1)).toFixed(1)}`} />
    </svg>
  )
}
