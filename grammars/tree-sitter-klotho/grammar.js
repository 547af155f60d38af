/**
 * @file Klotho annotations, as they stand in the comments of any language
 * @license Apache-2.0
 */

// The text is that of comments with their markers: one comment, or (as an injection whose ranges are joined) all line
// comments of a file. `src/scanner.c` knows where a comment and a line start, which the rules here cannot see.
export default grammar({
  name: 'klotho',

  externals: $ => [
    $._prose,
    $._body_follows,
    $._no_body,
    $._end_of_line,
    $.leader,
    $.comment,
    $.string,
    $._long_open,
    $._long_text,
    $._long_close,
    $._recovering,
  ],

  extras: _ => [/[ \t\r\f]/],

  rules: {
    annotations: $ => repeat(choice($._prose, $.annotation)),

    annotation: $ => seq(
      $.mark,
      token.immediate('::'),
      field('capability', $.capability),
      choice($._no_body, seq($._body_follows, field('body', $.body))),
    ),

    mark: _ => '@klotho',
    capability: _ => token.immediate(/[0-9A-Za-z_]+/),

    body: $ => seq('{', repeat($._item), '}'),

    // A line that is only half written is no reason to lose those below it: every part of one may stand alone.
    _item: $ => choice($._line, $.table, $.pair, $._key, $.invalid, ','),

    _line: $ => choice($._end_of_line, $.leader, $.comment),

    table: $ => choice(seq('[', optional($._key), ']'), seq('[[', optional($._key), ']]')),

    pair: $ => seq(field('key', $._key), '=', choice(field('value', $._value), $._end_of_line)),

    _key: $ => choice($.key, $.dotted_key),
    dotted_key: $ => seq($.key, repeat1(seq('.', $.key))),
    key: $ => choice(/[A-Za-z0-9_-]+/, $.string),

    _value: $ => choice(
      $.string,
      alias($.long_string, $.string),
      $.number,
      $.boolean,
      $.date,
      $.array,
      $.inline_table,
      $.invalid,
    ),

    long_string: $ => seq(
      $._long_open,
      repeat(choice($._long_text, $._end_of_line, $.leader)),
      $._long_close,
    ),

    boolean: _ => choice('true', 'false'),
    number: _ => /[+-]?(0[xob][0-9A-Fa-f_]+|[0-9][0-9_]*(\.[0-9_]+)?([eE][+-]?[0-9_]+)?|inf|nan)/,
    date: _ => token(choice(
      /\d{4}-\d{2}-\d{2}([Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})?)?/,
      /\d{2}:\d{2}:\d{2}(\.\d+)?/,
    )),

    array: $ => seq('[', repeat(choice($._value, ',', $._line)), ']'),
    inline_table: $ => seq('{', repeat(choice($.pair, $._key, ',', $._line)), '}'),

    // A comment that follows starts with `/` or `#`: with neither in it, a word ends with its comment.
    invalid: _ => token(prec(-1, /[^\s{}\[\],="'#.\/]+|[.\/]/)),
  },
});
