import type { Email } from 'postal-mime'
import { useEffect, useState } from 'react'
import { type Octets, toBytes, toText } from '../../base/octets'
import { bodyOf, headerFields } from '../../mail/message'
import { sizeInWords } from '../letter/draft'
import own from './mailboxes.module.css'
import styles from './panels.module.css'

type Read =
  | { readonly state: 'reading' }
  | { readonly state: 'read'; readonly email: Email }
  | { readonly state: 'failed' }

/** A letter as its reader sees it, with its header beside: what each hop has put on top stands first. */
export function LetterReader({ octets }: { readonly octets: Octets }) {
  const [read, setRead] = useState<Read>({ state: 'reading' })
  useEffect(() => {
    let wanted = true
    setRead({ state: 'reading' })
    // The library is fetched when the first letter is opened.
    import('postal-mime')
      .then(({ default: PostalMime }) => PostalMime.parse(toBytes(octets)))
      .then((email) => wanted && setRead({ state: 'read', email }))
      .catch(() => wanted && setRead({ state: 'failed' }))
    return () => {
      wanted = false
    }
  }, [octets])
  const email = read.state === 'read' ? read.email : undefined

  return (
    <article className={own.letter}>
      <div className={own.sheet}>
        <h2 className={own.subject}>
          {email?.subject ?? (read.state === 'reading' ? 'Opening the letter' : 'A letter')}
        </h2>
        {email && (
          <p className={own.between}>
            from <span className={styles.wire}>{email.from?.address || email.from?.name || 'nobody named'}</span> to{' '}
            <span className={styles.wire}>
              {email.to?.map((to) => to.address ?? to.name).join(', ') || 'nobody named'}
            </span>
          </p>
        )}
        {read.state === 'failed' ? (
          <>
            <p className={styles.quiet}>This letter is not well-formed, so it is shown as it came.</p>
            <pre className={own.text}>{toText(bodyOf(octets))}</pre>
          </>
        ) : (
          <div className={own.text}>{email?.text ?? ''}</div>
        )}
        {email && email.attachments.length > 0 && (
          <ul className={own.attachments} aria-label="Attachments">
            {email.attachments.map((attachment, n) => (
              <li key={`${attachment.filename}-${n}`}>
                <span className={styles.wire}>{attachment.filename ?? attachment.mimeType}</span>{' '}
                <span className={styles.quiet}>
                  {attachment.mimeType}, {sizeInWords(sizeOf(attachment.content))}
                </span>
              </li>
            ))}
          </ul>
        )}
      </div>
      <div className={own.header}>
        <h2 className={styles.title}>Header</h2>
        <dl>
          {headerFields(octets).map((field, n) => (
            <div key={`${n}-${field.fieldName}`}>
              <dt>{field.fieldName}</dt>
              <dd>{toText(field.fieldBody as Octets)}</dd>
            </div>
          ))}
        </dl>
      </div>
    </article>
  )
}

const sizeOf = (content: ArrayBuffer | Uint8Array | string): number =>
  typeof content === 'string' ? content.length : content.byteLength
