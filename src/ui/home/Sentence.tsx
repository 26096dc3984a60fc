import { homeText } from '../../messages/home'
import { joined } from '../shell/rich'
/** What this is, in one sentence. */
export function Sentence() {
  return (
    <h1 className="home-sentence">{joined(homeText.parts('sentence', { wide: () => <br className="wide" /> }))}</h1>
  )
}
