import { type Duration, seconds } from '../base/time'

/** How a mail server defends itself against clients that are not mail programs. */

const HTTP_REQUEST = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|CONNECT|TRACE) \S+ HTTP\/\d/
const HTTP_FIELD =
  /^(?:Host|Origin|Referer|User-Agent|Cookie|Connection|Cache-Control|Accept(?:-\w+)?|Content-(?:Type|Length)|Sec-[\w-]+):/i

/**
 * True for a line of an HTTP request: a web page can make a browser send one to any port, with commands in its body. A header
 * field counts as well, since a request line may be longer than the longest line that is read.
 */
export const isHttp = (line: string): boolean => HTTP_REQUEST.test(line) || HTTP_FIELD.test(line)

/**
 * How many malformed lines and failed logins a server bears from one connection: RFC 5321 section 7.8 leaves such limits to the
 * server. `mistakes` below counts them, the last one included.
 */
export interface MistakePolicy {
  /** This many are answered without a pause: a person at a keyboard makes some. */
  readonly free: number
  /** One more closes the connection. */
  readonly limit: number
  /** Seconds before the answer to the first mistake after the free ones, to the second, and so on; the last value repeats. */
  readonly pauses: readonly number[]
}

/** Pauses grow by a second each time, so that guessing is slow. */
export const USUAL_POLICY: MistakePolicy = { free: 5, limit: 100, pauses: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] }

/** The pause before the answer to the latest mistake; zero for none. */
export function pauseAfter({ free, pauses }: MistakePolicy, mistakes: number): Duration {
  if (mistakes <= free) return seconds(0)
  return seconds(pauses[Math.min(mistakes - free, pauses.length) - 1] ?? 0)
}

/** True if the latest mistake is answered at once. */
export const isForgiven = (policy: MistakePolicy, mistakes: number): boolean => pauseAfter(policy, mistakes) === 0

/** True if the latest mistake ends the connection. */
export const endsConnection = ({ limit }: MistakePolicy, mistakes: number): boolean => mistakes > limit
