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

/** This many mistakes are answered without a pause: a person at a keyboard makes some. */
export const FREE_MISTAKES = 5
/** One more closes the connection: RFC 5321 section 7.8 leaves such limits to the server. */
export const MISTAKE_LIMIT = 100
const LONGEST_PAUSE = 10

/** The pause before the reply to a connection's n-th mistake. It grows by one second each time, so that guessing is slow. */
export const pauseAfter = (mistakes: number): Duration =>
  seconds(Math.min(Math.max(mistakes - FREE_MISTAKES, 0), LONGEST_PAUSE))
