import type { Attachment, Email } from 'postal-mime'
import { useEffect, useMemo, useState } from 'react'
import { type Octets, toBytes, toText } from '../../base/octets'
import { headerFields } from '../../mail/headerFields'
import { bodyOf } from '../../mail/message'
import { fileOf } from '../../view/panels/attachment'
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
              <AttachmentLink key={`${attachment.filename}-${n}`} attachment={attachment} />
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

/** An attachment to be saved under its name: its octets never run or show in the page. */
function AttachmentLink({ attachment }: { readonly attachment: Attachment }) {
  const file = useMemo(() => fileOf(attachment), [attachment])
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    const made = URL.createObjectURL(file.blob)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [file])
  return (
    <li>
      <a className={styles.wire} href={url} download={file.name}>
        {file.name}
      </a>{' '}
      <span className={styles.quiet}>
        {attachment.mimeType}, {sizeInWords(file.blob.size)}
      </span>
    </li>
  )
}
