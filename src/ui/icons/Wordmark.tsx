/** An envelope whose flap is a prompt, and the name in two fonts. */
export function Wordmark() {
  return (
    <>
      <svg viewBox="0 0 28 24" aria-hidden="true">
        <path className="wordmark-mark" d="M1.5 2.5h25v19h-25z" />
        <path className="wordmark-mark" d="M2.5 4l9 8-9 8" style={{ fill: 'none' }} />
        <path className="wordmark-cursor" d="M15.5 16.5h7" />
      </svg>
      <span className="wordmark-words" translate="no">
        EHLO <i>World</i>
      </span>
    </>
  )
}
