import { homeText } from '../../messages/home'
import { joined } from '../shell/rich'
/** One sentence that says what EHLO World is. */
export function Sentence() {
  return (
    <h1 className="home-sentence">{joined(homeText.parts('sentence', { wide: () => <br className="wide" /> }))}</h1>
  )
}
