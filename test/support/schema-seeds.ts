/** Small whole schemas of our own, between them with every form of every dialect: to mutate. */
export const SCHEMA_SEEDS: readonly string[] = [
  `{ 'pragma': { 'doc-required': true, 'member-name-exceptions': [ 'Color' ] } }

##
# = Colors
##

##
# @Color:
#
# @red: a color
#
# @light_blue: another  (since 2.1)
#
# Features:
#
# @cheap: it costs little
#
# Since: 1.0
##
{ 'enum': 'Color', 'features': [ 'cheap' ],
  'data': [ 'red', { 'name': 'light_blue', 'if': { 'not': 'NO_BLUE' }, 'features': [ 'unstable' ] } ] }

##
# @paint:
#
# Paint it.
#
# @color: with this
#
# Features:
#
# @unstable: may go
#
# Returns: nothing of use
#
# Since: 1.1
##
{ 'command': 'paint', 'data': { '*color': 'Color' }, 'returns': 'Painted',
  'features': [ 'unstable' ], 'allow-oob': true }

##
# @Painted:
#
# @layers: how many
##
{ 'struct': 'Painted', 'data': { 'layers': [ 'uint8' ] } }
`,
  `{ 'enum': 'Kind', 'data': [ 'a', 'b', 'c' ] }
{ 'struct': 'Base', 'data': { 'kind': 'Kind', '*id': 'str' } }
{ 'struct': 'Branch', 'base': 'Empty', 'data': { 'x': { 'type': 'int', 'if': 'HAVE_X' } } }
{ 'struct': 'Empty', 'data': {} }
{ 'union': 'Flat', 'base': 'Base', 'discriminator': 'kind',
  'data': { 'a': 'Branch', 'b': { 'type': 'Empty', 'if': { 'any': [ 'P', 'Q' ] } } } }
{ 'union': 'Inline', 'base': { 'tag': 'Kind' }, 'discriminator': 'tag', 'data': { 'c': 'Flat' } }
{ 'alternate': 'Ref', 'data': { 'name': 'str', 'object': 'Flat', 'none': 'null', 'all': [ 'str' ] } }
{ 'event': 'CHANGED', 'data': 'Flat', 'boxed': true }
{ 'event': 'DONE', 'data': { 'ref': 'Ref' }, 'if': { 'all': [ 'P', { 'not': 'Q' } ] } }
{ 'command': 'add', 'data': 'Flat', 'boxed': true, 'coroutine': true }
{ 'command': 'quit', 'gen': false, 'success-response': false, 'allow-preconfig': true }
`,
  `{ 'type': 'Old', 'data': { 'a': 'int', 'b': { 'c': 'str', '*d': [ 'Old' ] } } }
{ 'union': 'Simple', 'data': { 'x': 'Old', 'y': 'int' } }
{ 'union': 'Anon', 'discriminator': {}, 'data': { 'x': 'Old', 'y': 'str' } }
{ 'type': 'Tagged', 'data': { 'driver': 'str' } }
{ 'union': 'Strung', 'base': 'Tagged', 'discriminator': 'driver', 'data': { 'file': 'Old' } }
{ 'command': 'get', 'data': { 'path': 'str' }, 'returns': 'visitor', 'gen': 'no' }
{ 'command': 'netdev_add', 'data': { 'type': 'str', '*props': '**' }, 'gen': 'no' }
{ 'enum': 'Em', 'data': [ 'v', '2v' ] 'prefix': 'P' }
{ 'struct': 'Cond', 'if': 'defined(A) && !defined(B)', 'data': { 'q': 'QType' } }
# @stray: comment
##
# @get: #optional text
# -> { "execute": "get" }
##
`,
];
