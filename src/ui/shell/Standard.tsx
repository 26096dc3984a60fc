import { rfcAddress } from '../../view/reference/rfcAddress'

/** A place in the standards, `RFC 5321, section 4.1.1.2`, as a link to its text. */
export function Standard({ place }: { readonly place: string }) {
  const address = rfcAddress(place)
  if (!address) return place
  return (
    <a className="standard" href={address} target="_blank" rel="noreferrer" translate="no">
      {place}
    </a>
  )
}
