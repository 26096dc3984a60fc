import { type ReactNode, useMemo } from 'react'
import { concat } from '../../base/octets'
import { sheetText } from '../../messages/sheet'
import { compareAddresses } from '../../view/message/addresses'
import type { Stop } from '../../view/message/journey'
import type { Layers } from '../../view/message/layers'
import { code, joined } from '../shell/rich'
import styles from './sheets.module.css'

const markedAs = (as: string | undefined) => (inside: readonly ReactNode[]) => (
  <mark className={as}>{joined(inside)}</mark>
)
const bold = (inside: readonly ReactNode[]) => <b>{joined(inside)}</b>

/** The envelope under which a stop has the message, beside the header's addresses. */
export function EnvelopeSheet({ stop, now }: { readonly stop: Stop; readonly now: Layers | undefined }) {
  const { envelope, port } = stop
  const compared = useMemo(
    () => now && compareAddresses(envelope, concat(...now.parts.map(({ octets }) => octets))),
    [envelope, now],
  )
  const verdict = compared && (`verdict.${compared.verdict}` as const)
  return (
    <section aria-label={sheetText('envelope')}>
      <div className={styles.head}>
        <h3>{sheetText('envelope')}</h3>
        <p>{sheetText('envelopeHint')}</p>
      </div>
      <div className="airmail-frame">
        <div className={styles.paper}>
          {port !== undefined && (
            <span className={styles.stamp} title={sheetText('port', { port })}>
              <span className="unseen">{sheetText('port', { port })}</span>
              <span aria-hidden="true">{port}</span>
            </span>
          )}
          <p>
            {envelope.reversePath === '' ? (
              joined(sheetText.parts('nullSender', { path: '<>', code }))
            ) : (
              <>
                {sheetText('from')}{' '}
                <code translate="no">
                  <mark className={compared && !compared.sender.agrees ? styles.otherSender : styles.sender}>
                    {envelope.reversePath}
                  </mark>
                </code>
              </>
            )}
          </p>
          <ul className={styles.readers}>
            {envelope.forwardPaths.map((path, n) => (
              <li key={path}>
                {sheetText('to')}{' '}
                <code translate="no">
                  <mark className={compared && !compared.readers[n]?.field ? styles.otherReader : styles.reader}>
                    {path}
                  </mark>
                </code>
                {compared && !compared.readers[n]?.field && <small>{sheetText('notNamed')}</small>}
              </li>
            ))}
          </ul>
        </div>
      </div>
      {compared && (
        <p className={styles.legend}>
          {joined(sheetText.parts('marks', { both: markedAs(styles.sender), one: markedAs(styles.otherSender) }))}
        </p>
      )}
      {verdict && <p className={styles.prose}>{joined(sheetText.parts(verdict, { code, b: bold }))}</p>}
      {compared && compared.onlyInHeader.length > 0 && compared.verdict !== 'agree' && (
        <p className={styles.prose}>
          {joined(
            sheetText.parts('notOnEnvelope', {
              count: compared.onlyInHeader.length,
              addresses: compared.onlyInHeader.slice(0, 5).join(', '),
              code,
            }),
          )}
        </p>
      )}
      {stop.kind === 'delivered' && <p className={styles.prose}>{joined(sheetText.parts('returnPath', { code }))}</p>}
    </section>
  )
}
