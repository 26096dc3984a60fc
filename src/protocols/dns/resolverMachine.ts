import { assign, setup } from 'xstate'
import { drawBelow, type RandomState } from '../../base/random'
import type { ExchangeFailed, Learnt, LearntNegative, LookInCache, ResponseReceived, SendQuery } from './questions'
import {
  afterAliases,
  afterReferral,
  answerLearnt,
  answerRecords,
  askNext,
  type CacheAnswer,
  isForClient,
  leadsNowhere,
  negativeLearnt,
  nextServer,
  QUERY_LIMIT,
  queryOf,
  REFERRAL_LIMIT,
  type Resolution,
  type ResolverContext,
  referralLearnt,
  requestFor,
  resolutionFrom,
  resumed,
  seekable,
  TRIES_PER_ADDRESS,
  verdict,
} from './resolution'
import { refusesEdns, responseFor, wantsTcp } from './response'

/** The recursive resolver's work for one client's question (RFC 1034 section 5.3.3). */

export interface ResolverInput {
  readonly name: string
  readonly rrType: string
  /** Seeds the ids of the queries. */
  readonly random: RandomState
}

type Noted = { readonly type: 'noted' }

const FAILURE: Resolution = { rcode: 'SERVFAIL', answers: [], authorities: [], fromCache: false }

export const resolverMachine = setup({
  types: {
    input: {} as ResolverInput,
    context: {} as ResolverContext,
    events: {} as CacheAnswer | Noted | ResponseReceived | ExchangeFailed,
  },
  actions: {
    lookInCache: (_, _params: LookInCache) => {},
    sendQuery: (_, _params: SendQuery) => {},
    learnt: (_, _params: Learnt) => {},
    learntNegative: (_, _params: LearntNegative) => {},
    resolved: (_, _params: { resolution: Resolution }) => {},

    startFromKnownServers: assign(({ context, event }) =>
      event.type === 'cacheMiss' ? { request: { ...context.request, zone: event.zone, servers: event.servers } } : {},
    ),
    concludeFromCache: assign(({ context, event }) => {
      if (event.type !== 'cacheHit') return {}
      return {
        resolution: {
          rcode: event.status === 'nxdomain' ? ('NXDOMAIN' as const) : ('NOERROR' as const),
          answers: [...context.request.aliases, ...event.records],
          authorities: event.soa ? [event.soa] : [],
          fromCache: context.sent === 0,
        },
      }
    }),
    followCachedAlias: assign(({ context, event }) =>
      event.type === 'cacheHit' ? { request: afterAliases(event.records, context.request) } : {},
    ),
    takeCachedAddress: assign(({ context, event }) =>
      event.type === 'cacheHit' ? resumed(context, event.records) : {},
    ),
    takeServer: assign(({ context }) => {
      const [id, next] = drawBelow(context.random as RandomState, 65_536)
      return { asked: askNext(context, id), response: null, random: next, sent: context.sent + 1 }
    }),
    turnToTcp: assign(({ context: { asked, sent } }) => ({
      asked: asked && { ...asked, transport: 'tcp' as const },
      response: null,
      sent: sent + 1,
    })),
    leaveOutEdns: assign(({ context: { request, asked } }) => ({
      request: {
        ...request,
        servers: request.servers.map((server) =>
          server.address === asked?.server ? { ...server, plain: true as const } : server,
        ),
      },
    })),
    concludeFailure: assign(({ context }) => ({ resolution: { ...FAILURE, fromCache: context.sent === 0 } })),
    keepResponse: assign({
      response: ({ context, event }) =>
        (event.type === 'responseReceived' &&
          context.asked &&
          responseFor(context.asked, event.source, event.octets)) ||
        null,
    }),
    /** A silent server is asked once more, after the others. */
    countTry: assign(({ context: { request, asked } }) => ({
      request: {
        ...request,
        servers: request.servers
          .map((server) => (server.address === asked?.server ? { ...server, tries: server.tries + 1 } : server))
          .filter(({ tries }) => tries < TRIES_PER_ADDRESS),
      },
    })),
    dropServer: assign(({ context: { request, asked } }) => ({
      request: { ...request, servers: request.servers.filter(({ address }) => address !== asked?.server) },
    })),
    followReferral: assign(({ context }) => ({
      request: context.response ? afterReferral(context.response, context.request) : context.request,
      referrals: context.referrals + 1,
    })),
    followAlias: assign(({ context }) => ({
      request: context.response
        ? afterAliases(answerRecords(context.response, context.request), context.request)
        : context.request,
    })),
    /** Suspends the question until the address of one of its servers is known. */
    suspendForAddress: assign(({ context }) => {
      const server = seekable(context)
      if (server === undefined) return {}
      const { request, suspended } = context
      const waiting = { ...request, servers: request.servers.filter(({ name }) => name !== server) }
      return { request: requestFor(server, 'A'), suspended: [...suspended, waiting] }
    }),
    takeAddress: assign(({ context }) =>
      resumed(context, context.response ? answerRecords(context.response, context.request) : []),
    ),
    giveUpServer: assign(({ context }) => resumed(context, [])),
    conclude: assign(({ context }) => ({
      resolution: context.response ? resolutionFrom(context.response, context.request) : FAILURE,
    })),
  },
  guards: {
    hitIsAlias: ({ event }) => event.type === 'cacheHit' && event.status === 'alias',
    hitLeadsNowhere: ({ context, event }) =>
      event.type === 'cacheHit' &&
      event.status === 'alias' &&
      leadsNowhere([...context.request.aliases, ...event.records]),
    hitSaysFailure: ({ event }) => event.type === 'cacheHit' && event.status === 'servfail',
    hitHasData: ({ event }) => event.type === 'cacheHit' && event.status === 'answered',
    hitSaysNoSuchName: ({ event }) => event.type === 'cacheHit' && event.status === 'nxdomain',
    hasAskedEnough: ({ context }) => context.sent >= QUERY_LIMIT,
    knowsAnAddress: ({ context }) => nextServer(context.request) !== undefined,
    canFindAnAddress: ({ context }) => seekable(context) !== undefined,
    isForNameServer: ({ context }) => !isForClient(context),
    isOurs: ({ context, event }) =>
      event.type === 'responseReceived' &&
      context.asked !== null &&
      responseFor(context.asked, event.source, event.octets) !== undefined,
    isAnswer: ({ context }) => verdict(context) === 'answer',
    isAddress: ({ context }) => verdict(context) === 'answer' && !isForClient(context),
    isNoAddress: ({ context }) => ['nxdomain', 'nodata'].includes(verdict(context)) && !isForClient(context),
    isAlias: ({ context }) => verdict(context) === 'alias' && isForClient(context),
    isAliasForNameServer: ({ context }) => verdict(context) === 'alias' && !isForClient(context),
    isAliasToNowhere: ({ context: { request, response } }) =>
      response !== null && leadsNowhere([...request.aliases, ...answerRecords(response, request)]),
    isTruncated: ({ context: { response, asked } }) => response !== null && asked !== null && wantsTcp(response, asked),
    refusesEdns: ({ context: { response, asked } }) =>
      response !== null && asked !== null && refusesEdns(response, asked),
    cameOverTcp: ({ event }) => event.type === 'responseReceived' && event.source.transport === 'tcp',
    saysNoSuchName: ({ context }) => verdict(context) === 'nxdomain',
    saysNoSuchData: ({ context }) => verdict(context) === 'nodata',
    isReferral: ({ context }) => verdict(context) === 'referral' && context.referrals < REFERRAL_LIMIT,
    isOneReferralTooMany: ({ context }) => verdict(context) === 'referral' && context.referrals >= REFERRAL_LIMIT,
  },
  delays: { queryTimeout: 2000 },
}).createMachine({
  id: 'dnsResolver',
  context: ({ input }) => ({
    request: requestFor(input.name, input.rrType),
    suspended: [],
    asked: null,
    response: null,
    resolution: null,
    random: input.random,
    sent: 0,
    referrals: 0,
  }),
  initial: 'lookingInCache',
  states: {
    lookingInCache: {
      entry: {
        type: 'lookInCache',
        params: ({ context: { request } }) => ({ name: request.name, rrType: request.rrType, rank: 'answer' as const }),
      },
      on: {
        cacheHit: [
          { guard: 'hitLeadsNowhere', target: 'failed' },
          { guard: 'hitIsAlias', target: 'lookingInCache', reenter: true, actions: 'followCachedAlias' },
          { guard: 'hitHasData', target: 'answered', actions: 'concludeFromCache' },
          { guard: 'hitSaysNoSuchName', target: 'noSuchName', actions: 'concludeFromCache' },
          { guard: 'hitSaysFailure', target: 'failed', actions: 'concludeFailure' },
          { target: 'noSuchData', actions: 'concludeFromCache' },
        ],
        cacheMiss: { target: 'choosing', actions: 'startFromKnownServers' },
      },
    },
    choosing: {
      always: [
        { guard: 'hasAskedEnough', target: 'failed' },
        { guard: 'knowsAnAddress', target: 'asking' },
        { guard: 'canFindAnAddress', target: 'findingAddress' },
        { guard: 'isForNameServer', target: 'choosing', actions: 'giveUpServer' },
        { target: 'failed' },
      ],
    },
    asking: {
      entry: ['takeServer', { type: 'sendQuery', params: ({ context }) => queryOf(context) }],
      on: {
        responseReceived: { guard: 'isOurs', target: 'reading', actions: 'keepResponse' },
      },
      after: { queryTimeout: { target: 'choosing', actions: 'countTry' } },
    },
    askingOverTcp: {
      entry: ['turnToTcp', { type: 'sendQuery', params: ({ context }) => queryOf(context) }],
      on: {
        responseReceived: [
          { guard: 'isOurs', target: 'reading', actions: 'keepResponse' },
          { guard: 'cameOverTcp', target: 'choosing', actions: 'dropServer' },
        ],
        exchangeFailed: { target: 'choosing', actions: 'countTry' },
      },
    },
    reading: {
      always: [
        { guard: 'isTruncated', target: 'askingOverTcp' },
        { guard: 'refusesEdns', target: 'choosing', actions: 'leaveOutEdns' },
        {
          guard: 'isAddress',
          target: 'choosing',
          actions: [
            {
              type: 'learnt',
              params: ({ context }) => answerLearnt(context),
            },
            'takeAddress',
          ],
        },
        {
          guard: 'isNoAddress',
          target: 'choosing',
          actions: [{ type: 'learntNegative', params: ({ context }) => negativeLearnt(context) }, 'giveUpServer'],
        },
        { guard: 'isAliasForNameServer', target: 'choosing', actions: 'giveUpServer' },
        {
          guard: 'isAnswer',
          target: 'answered',
          actions: [
            {
              type: 'learnt',
              params: ({ context }) => answerLearnt(context),
            },
            'conclude',
          ],
        },
        { guard: 'isAliasToNowhere', target: 'failed' },
        { guard: 'isAlias', target: 'followingCname' },
        {
          guard: 'saysNoSuchName',
          target: 'noSuchName',
          actions: [{ type: 'learntNegative', params: ({ context }) => negativeLearnt(context) }, 'conclude'],
        },
        { guard: 'isOneReferralTooMany', target: 'failed' },
        { guard: 'isReferral', target: 'followingReferral' },
        {
          guard: 'saysNoSuchData',
          target: 'noSuchData',
          actions: [{ type: 'learntNegative', params: ({ context }) => negativeLearnt(context) }, 'conclude'],
        },
        { target: 'choosing', actions: 'dropServer' },
      ],
    },
    followingReferral: {
      entry: {
        type: 'learnt',
        params: ({ context }) => referralLearnt(context),
      },
      on: { noted: { target: 'choosing', actions: 'followReferral' } },
    },
    followingCname: {
      entry: {
        type: 'learnt',
        params: ({ context }) => answerLearnt(context),
      },
      on: { noted: { target: 'lookingInCache', actions: 'followAlias' } },
    },
    findingAddress: {
      entry: [
        'suspendForAddress',
        {
          type: 'lookInCache',
          params: ({ context: { request } }) => ({
            name: request.name,
            rrType: request.rrType,
            rank: 'referral' as const,
          }),
        },
      ],
      on: {
        // A name server may not be an alias (RFC 2181 section 10.3), so any other cached data gives no address.
        cacheHit: [
          { guard: 'hitHasData', target: 'choosing', actions: 'takeCachedAddress' },
          { target: 'choosing', actions: 'giveUpServer' },
        ],
        cacheMiss: { target: 'choosing', actions: 'startFromKnownServers' },
      },
    },
    answered: {
      type: 'final',
      entry: { type: 'resolved', params: ({ context }) => ({ resolution: context.resolution ?? FAILURE }) },
    },
    noSuchData: {
      type: 'final',
      entry: { type: 'resolved', params: ({ context }) => ({ resolution: context.resolution ?? FAILURE }) },
    },
    noSuchName: {
      type: 'final',
      entry: { type: 'resolved', params: ({ context }) => ({ resolution: context.resolution ?? FAILURE }) },
    },
    failed: {
      type: 'final',
      entry: { type: 'resolved', params: ({ context }) => ({ resolution: context.resolution ?? FAILURE }) },
    },
  },
})
