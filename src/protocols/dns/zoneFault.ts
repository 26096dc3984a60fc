/** A fault in the text of a zone, as data: the view makes a sentence of it that names the remedy. */

/** A word of a record or a directive, by the RFC's term. */
export type ZoneField =
  | 'address'
  | 'directive'
  | 'exchange'
  | 'expire'
  | 'minimum'
  | 'name'
  | 'name server'
  | 'origin'
  | 'owner name'
  | 'preference'
  | 'primary server'
  | 'refresh'
  | 'responsible mailbox'
  | 'retry'
  | 'serial'
  | 'target'
  | 'text'
  | 'time to live'
  | 'type'

export type ZoneFault =
  // The words of a master file (RFC 1035 section 5.1)
  | { readonly is: 'notOpened' | 'notClosed' | 'quotationNotClosed' | 'textEscape' | 'textTooLong' }
  | { readonly is: 'missing' | 'quotedName' | 'hostIsAddress'; readonly what: ZoneField }
  | {
      readonly is: 'nameEscape' | 'emptyLabel' | 'noDomainName'
      readonly what: ZoneField
      readonly word: string
    }
  | {
      readonly is: 'notTime' | 'notNumber'
      readonly what: ZoneField
      readonly word: string
      readonly most: number
    }
  /** `of`: the record type or the directive that takes fewer words. */
  | { readonly is: 'tooMany'; readonly word: string; readonly of: string }
  | { readonly is: 'noAddress'; readonly word: string; readonly version: string; readonly example: string }
  | { readonly is: 'otherClass'; readonly class: string }
  | { readonly is: 'otherType'; readonly word: string; readonly types: string }
  | { readonly is: 'otherDirective'; readonly word: string }
  | { readonly is: 'include' | 'noOwner' | 'ttlOfSoa' }
  | { readonly is: 'noTtl' | 'ttlsDiffer'; readonly type: string }
  | { readonly is: 'tooLong'; readonly most: number }
  // The records of a zone together (RFC 1034 section 4.2, RFC 1912 section 2)
  | { readonly is: 'apex' | 'noNs'; readonly apex: string }
  | { readonly is: 'noSoa' | 'secondSoa' | 'wildcardDelegated' | 'nullMxNotAlone' | 'atInMailbox' | 'twice' }
  | { readonly is: 'soaElsewhere' | 'outside' | 'dotMissing'; readonly name: string; readonly apex: string }
  | { readonly is: 'delegated' | 'targetIsAlias'; readonly name: string; readonly type: string }
  | {
      readonly is: 'aliasNotAlone' | 'aliasNowhere' | 'noGlue' | 'exchangeWithoutAddress'
      readonly name: string
    }
  | { readonly is: 'aliasLoop'; readonly names: string }
