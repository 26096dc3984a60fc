import { useEffect, useRef } from 'react'
import { shellText } from '../../messages/shell'

const KEYS = [
  [['Space'], 'keyPlay'],
  [['→'], 'keyForward'],
  [['←'], 'keyBack'],
  [['Home'], 'keyStart'],
  [['End'], 'keyEnd'],
  [['Tab', '↑', '↓', 'Enter'], 'keyHost'],
  [['+', '-', '0'], 'keyZoom'],
  [['Shift', '←', '↑', '→', '↓'], 'keyMove'],
  [['/'], 'keySearch'],
  [['?'], 'keyKeys'],
  [['Esc'], 'keyClose'],
] as const

/** The keys of the stage. They do nothing while the focus is in a field. */
export function KeysDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal()
    if (!open) dialog.current?.close()
  }, [open])
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="keys-title" onClose={onClose}>
      <h2 id="keys-title">{shellText('keys')}</h2>
      <dl>
        {KEYS.map(([keys, does]) => (
          <div key={does} style={{ display: 'contents' }}>
            <dt>
              {keys.map((key) => (
                <kbd key={key} className="key" translate="no">
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{shellText(does)}</dd>
          </div>
        ))}
      </dl>
      <button type="button" className="button quiet" onClick={onClose}>
        {shellText('close')}
      </button>
    </dialog>
  )
}

/** True if a key is meant for the focused element: a field, the editor, a list. */
export function isForField(event: KeyboardEvent): boolean {
  const target = event.target
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return true
  if (!(target instanceof Element)) return false
  return (
    target.closest(
      'input:not([type=range]), textarea, select, [contenteditable], [role=textbox], [role=radiogroup], [role=tablist], .monaco-editor, dialog, [popover]',
    ) !== null
  )
}
