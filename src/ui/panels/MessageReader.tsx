import type { Attachment, Email } from 'postal-mime'
import type { ReactNode } from 'react'
import { useEffect, useMemo, useState } from 'react'
import { type Octets, toBytes, toText } from '../../base/octets'
import { headerFields } from '../../mail/headerFields'
import { bodyOf } from '../../mail/message'
import { panelsText } from '../../messages/panels'
import { fileOf } from '../../view/panels/attachment'
import { sizeInWords } from '../compose/draft'
import { joined } from '../shell/rich'
import own from './mailboxes.module.css'
import styles from './panels.module.css'

type Read =
  | { readonly state: 'reading' }
  | { readonly state: 'read'; readonly email: Email }
  | { readonly state: 'failed' }

interface MessageReaderProps {
  readonly octets: Octets
  /** Shown while the letter is opened. */
  readonly subject: string
}

/** A letter as its reader sees it, with its header beside it: the fields that the last hop added come first. */
export function MessageReader({ octets, subject }: MessageReaderProps) {
  const [read, setRead] = useState<Read>({ state: 'reading' })
  useEffect(() => {
    let wanted = true
    setRead({ state: 'reading' })
    // The library is loaded when the first letter is opened.
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
      <div className={`airmail-edge ${own.sheet}`}>
        <h2 className={own.subject} data-subject="" tabIndex={-1} translate="no">
          {email?.subject ?? (read.state === 'reading' ? subject : panelsText('aLetter'))}
        </h2>
        {email && (
          <p className={own.between}>
            {joined(
              panelsText.parts('between', {
                from: email.from?.address || email.from?.name || panelsText('nobodyNamed'),
                to: email.to?.map((to) => to.address ?? to.name).join(', ') || panelsText('nobodyNamed'),
                code: wire,
              }),
            )}
          </p>
        )}
        {read.state === 'failed' ? (
          <>
            <p className={styles.quiet}>{panelsText('notWellFormed')}</p>
            <pre className={own.text} translate="no">
              {toText(bodyOf(octets))}
            </pre>
          </>
        ) : (
          <div className={own.text} translate="no">
            {email?.text ?? ''}
          </div>
        )}
        {email && email.attachments.length > 0 && (
          <ul className={own.attachments} aria-label={panelsText('attachments')}>
            {email.attachments.map((attachment, n) => (
              <AttachmentLink key={`${attachment.filename}-${n}`} attachment={attachment} />
            ))}
          </ul>
        )}
      </div>
      <div className={own.header}>
        <h2 className={styles.title}>{panelsText('header')}</h2>
        <dl translate="no">
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

const wire = (inside: readonly ReactNode[]) => (
  <span className={styles.wire} translate="no">
    {joined(inside)}
  </span>
)

/** An attachment that can be saved under its name. The page never runs or shows its octets. */
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
      <a className={`as-link ${styles.wire}`} href={url} download={file.name}>
        {file.name}
      </a>{' '}
      <span className={styles.quiet}>
        {attachment.mimeType}, {sizeInWords(file.blob.size)}
      </span>
    </li>
  )
}
