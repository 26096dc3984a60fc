import { glossPop3Text } from '../../messages/glossPop3'
import type { Pop3Parsed } from '../../protocols/pop3'

/** One plain sentence about a line of POP3, as the map's captions say it. */
export function pop3Gloss(parsed: Pop3Parsed): string {
  switch (parsed.type) {
    case 'USER':
    case 'APOP':
      return glossPop3Text(`says.${parsed.type}`, { user: parsed.user })
    case 'AUTH':
      return glossPop3Text('says.AUTH', { mechanism: parsed.mechanism.toUpperCase() })
    case 'LANG':
      if (parsed.range === undefined) return glossPop3Text('whichLanguages')
      return parsed.range === '*' ? glossPop3Text('anyLanguage') : glossPop3Text('says.LANG', { range: parsed.range })
    case 'LIST':
      return parsed.messageNumber === undefined
        ? glossPop3Text('says.LIST')
        : glossPop3Text('sizeOfOne', { number: parsed.messageNumber })
    case 'UIDL':
      return parsed.messageNumber === undefined
        ? glossPop3Text('says.UIDL')
        : glossPop3Text('nameOfOne', { number: parsed.messageNumber })
    case 'RETR':
    case 'DELE':
      return glossPop3Text(`says.${parsed.type}`, { number: parsed.messageNumber })
    case 'TOP':
      return glossPop3Text('says.TOP', { number: parsed.messageNumber, lines: parsed.lines })
    case 'saslResponse':
      return glossPop3Text(parsed.empty ? 'emptyResponse' : 'says.saslResponse')
    case 'challenge':
      if (parsed.empty) return glossPop3Text('emptyChallenge')
      return parsed.prompt === undefined
        ? glossPop3Text('says.challenge')
        : glossPop3Text('prompt', { prompt: parsed.prompt })
    case 'status':
      return statusGloss(parsed)
    case 'content':
      return contentGloss(parsed)
    default:
      return glossPop3Text(`says.${parsed.type}`)
  }
}

function statusGloss(line: Extract<Pop3Parsed, { type: 'status' }>): string {
  const { answers, text } = line
  if (line.status === '-ERR')
    return text === '' ? glossPop3Text('no') : glossPop3Text('noBecause', { why: text.replace(/\.$/, '') })
  const numbers = /^([0-9]+)(?: ([0-9]+)$)?/.exec(text)
  const first = numbers ? Number(numbers[1]) : undefined
  const second = numbers?.[2] === undefined ? undefined : Number(numbers[2])
  switch (answers) {
    case 'PASS':
    case 'APOP':
    case 'AUTH':
      return glossPop3Text('ok.login')
    case 'LANG':
      return glossPop3Text(text.startsWith('the ') ? 'languages' : 'ok.LANG')
    case 'STAT':
      return first === undefined || second === undefined
        ? glossPop3Text('unknownCount')
        : glossPop3Text('ok.STAT', { messages: first, octets: second })
    case 'LIST':
      return first !== undefined && second !== undefined
        ? glossPop3Text('sizeIs', { number: first, octets: second })
        : glossPop3Text('ok.LIST')
    case 'UIDL':
      return first !== undefined
        ? glossPop3Text('nameIs', { number: first, name: text.slice(text.indexOf(' ') + 1) })
        : glossPop3Text('ok.UIDL')
    case 'RETR':
      return first !== undefined ? glossPop3Text('itsSize', { octets: first }) : glossPop3Text('ok.RETR')
    case 'QUIT':
      return first !== undefined ? glossPop3Text('removed', { messages: first }) : glossPop3Text('ok.QUIT')
    default:
      return glossPop3Text.found(`ok.${answers}`) ?? text
  }
}

function contentGloss({ answers, lines, capabilities = [] }: Extract<Pop3Parsed, { type: 'content' }>): string {
  switch (answers) {
    case 'LIST':
    case 'UIDL':
      return glossPop3Text(`content.${answers}`, { messages: lines })
    case 'CAPA':
      return capabilities.length === 0
        ? glossPop3Text('noCapabilities')
        : glossPop3Text('content.CAPA', { capabilities: capabilities.join(', ') })
    case 'TOP':
      return glossPop3Text('content.TOP')
    default:
      return glossPop3Text('content.RETR')
  }
}
