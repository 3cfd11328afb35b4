using Xebec.Cel.Values;

namespace Xebec.Cel.Syntax;

/// <summary>Reads an expression by recursive descent and expands its macros (CEL specification, "Syntax").</summary>
internal sealed class Parser
{
    /// <summary>How deep expressions may nest, and how long chains of one precedence may be.</summary>
    private const int MaximumDepth = 250;

    private const int MaximumHeight = 1000;
    private const int MaximumCodePoints = 100_000;

    private static readonly string[] Relations = ["<", "<=", ">=", ">", "==", "!="];
    private static readonly string[] Sums = ["+", "-"];
    private static readonly string[] Products = ["*", "/", "%"];

    private readonly TokenCursor _tokens;
    private readonly List<CelIssue> _issues = [];
    private readonly SourceText _source;
    private readonly MacroExpander _macros;
    private int _depth;

    private Parser(SourceText source, bool hasBindings)
    {
        _source = source;
        _tokens = new TokenCursor(new Lexer(source.Text).ReadAll());
        _macros = new MacroExpander(hasBindings, (offset, message) => _issues.Add(source.IssueAt(offset, message)));
    }

    /// <summary>The parsed expression.</summary>
    /// <exception cref="CelCompileException">It is none.</exception>
    public static Expr Parse(SourceText source, bool hasBindings)
    {
        var size = CelString.CodePoints(source.Text);
        if (size > MaximumCodePoints)
            throw source.Failure([new(-1, -1, $"expression code point size exceeds limit: size: {size}, limit {MaximumCodePoints}")]);
        var issues = new List<CelIssue>();
        try
        {
            var parser = new Parser(source, hasBindings);
            issues = parser._issues;
            var expr = parser.ReadExpr();
            parser._tokens.ExpectEnd();
            if (issues.Count == 0)
                return expr;
        }
        catch (SyntaxException wrong)
        {
            issues.Add(source.IssueAt(wrong.Offset, wrong.Message));
        }

        throw source.Failure(issues);
    }

    private static SyntaxException TooDeep() => new(-1, $"expression recursion limit exceeded: {MaximumDepth}");

    private Expr ReadExpr()
    {
        if (++_depth > MaximumDepth)
            throw TooDeep();
        var condition = ReadLogical("||", Operators.Or);
        if (_tokens.Current.Is("?"))
        {
            var offset = _tokens.Take().Offset;
            var whenTrue = ReadLogical("||", Operators.Or);
            _tokens.Expect(":");
            condition = new CallExpr(offset, Operators.Conditional, null, [condition, whenTrue, ReadExpr()]);
        }

        _depth--;
        return condition.Height <= MaximumHeight ? condition : throw TooDeep();
    }

    // A chain of || or && becomes a balanced tree, so that long ones stay shallow.
    private Expr ReadLogical(string symbol, string function)
    {
        Expr Operand() => symbol == "||" ? ReadLogical("&&", Operators.And) : ReadRelation();
        var first = Operand();
        if (!_tokens.Current.Is(symbol))
            return first;
        var (operands, offsets) = (new List<Expr> { first }, new List<int>());
        while (_tokens.Current.Is(symbol))
        {
            offsets.Add(_tokens.Take().Offset);
            operands.Add(Operand());
        }

        return BalancedTree.Of(function, operands, offsets, 0, offsets.Count - 1);
    }

    private Expr ReadRelation() => ReadChain(Relations, alsoIn: true, ReadSum);

    private Expr ReadSum() => ReadChain(Sums, alsoIn: false, ReadProduct);

    private Expr ReadProduct() => ReadChain(Products, alsoIn: false, ReadUnary);

    private Expr ReadChain(string[] symbols, bool alsoIn, Func<Expr> readOperand)
    {
        var left = readOperand();
        for (var length = 1; ; length++)
        {
            var token = _tokens.Current;
            var isOperator = token.Kind == TokenKind.Punctuation ? symbols.AsSpan().Contains(token.Text) : alsoIn && token.Kind == TokenKind.In;
            if (!isOperator)
                return left;
            if (length >= MaximumDepth)
                throw TooDeep();
            _tokens.Take();
            left = new CallExpr(token.Offset, Operators.Binary(token.Text), null, [left, readOperand()]);
        }
    }

    // An even number of signs cancels out.
    private Expr ReadUnary()
    {
        var first = _tokens.Current;
        if (!first.Is("!") && !first.Is("-"))
            return ReadMember();
        var count = 0;
        while (_tokens.Current.Is(first.Text) && !(first.Text == "-" && IsNumber(_tokens.Next)))
        {
            _tokens.Take();
            count++;
        }

        var operand = first.Text == "!" && _tokens.Current.Is("-") ? throw _tokens.NoExpression() : ReadMember();
        return count % 2 == 0 ? operand : new CallExpr(first.Offset, first.Text == "!" ? Operators.Not : Operators.Negate, null, [operand]);
    }

    private static bool IsNumber(Token token) => token.Kind is TokenKind.Int or TokenKind.Double;

    private Expr ReadMember()
    {
        var expr = ReadPrimary();
        for (var length = 1; ; length++)
        {
            if (length >= MaximumDepth)
                throw TooDeep();
            if (_tokens.Current.Is("."))
                expr = ReadDot(expr, _tokens.Take());
            else if (_tokens.Current.Is("["))
                expr = ReadIndex(expr, _tokens.Take());
            else if (_tokens.Current.Is("{") && QualifiedName(expr) is { } typeName)
                expr = ReadObject(typeName, _tokens.Take());
            else
                return expr;
        }
    }

    private Expr ReadDot(Expr operand, Token dot)
    {
        if (_tokens.Skip("?"))
        {
            var field = _tokens.ExpectIdentifier();
            return new CallExpr(dot.Offset, Operators.OptionalSelect, null, [operand, new LiteralExpr(field.Offset, new CelString(field.Text))]);
        }

        var name = _tokens.ExpectIdentifier();
        if (!_tokens.Current.Is("("))
            return new SelectExpr(dot.Offset, operand, name.Text);
        var open = _tokens.Take();
        return _macros.Expand(new CallExpr(open.Offset, name.Text, operand, ReadArguments(")")));
    }

    private CallExpr ReadIndex(Expr operand, Token open)
    {
        var isOptional = _tokens.Skip("?");
        var index = ReadExpr();
        _tokens.Expect("]");
        return new CallExpr(open.Offset, isOptional ? Operators.OptionalIndex : Operators.Index, null, [operand, index]);
    }

    private static string? QualifiedName(Expr expr) => expr switch
    {
        IdentifierExpr name => name.Name,
        SelectExpr { IsTest: false } select when QualifiedName(select.Operand) is { } qualifier => $"{qualifier}.{select.Field}",
        _ => null,
    };

    private Expr ReadPrimary()
    {
        var token = _tokens.Current;
        if (token.Is("-") && IsNumber(_tokens.Next))
        {
            _tokens.Take();
            return new LiteralExpr(token.Offset, Literals.Read(_tokens.Take(), negative: true));
        }

        switch (token.Kind)
        {
            case TokenKind.Identifier:
                return ReadName(_tokens.Take(), "");
            case TokenKind.End or TokenKind.In:
                throw _tokens.NoExpression();
            case TokenKind.Punctuation:
                return ReadBracket(token);
            default:
                return new LiteralExpr(token.Offset, Literals.Read(_tokens.Take(), negative: false));
        }
    }

    private Expr ReadBracket(Token token)
    {
        switch (token.Text)
        {
            case ".":
                _tokens.Take();
                return ReadName(_tokens.ExpectIdentifier(), ".");
            case "(":
                _tokens.Take();
                var inner = ReadExpr();
                _tokens.Expect(")");
                return inner;
            case "[":
                return ReadList(_tokens.Take());
            case "{":
                return ReadMap(_tokens.Take());
            default:
                throw _tokens.NoExpression();
        }
    }

    private Expr ReadName(Token name, string dot)
    {
        if (CelNames.IsReserved(name.Text))
            _issues.Add(_source.IssueAt(name.Offset, $"reserved identifier: {name.Text}"));
        if (!_tokens.Current.Is("("))
            return new IdentifierExpr(name.Offset, dot + name.Text);
        var open = _tokens.Take();
        return _macros.Expand(new CallExpr(open.Offset, dot + name.Text, null, ReadArguments(")")));
    }

    private List<Expr> ReadArguments(string close)
    {
        var arguments = new List<Expr>();
        if (!_tokens.Current.Is(close))
        {
            do
                arguments.Add(ReadExpr());
            while (_tokens.Skip(","));
        }

        _tokens.Expect(close);
        return arguments;
    }

    private ListExpr ReadList(Token open)
    {
        var (items, optional) = (new List<Expr>(), new List<bool>());
        while (!_tokens.Current.Is("]"))
        {
            optional.Add(_tokens.Skip("?"));
            items.Add(ReadExpr());
            if (!_tokens.Skip(","))
                break;
        }

        _tokens.Expect("]");
        return new ListExpr(open.Offset, items, optional);
    }

    private MapExpr ReadMap(Token open)
    {
        var entries = new List<MapEntry>();
        while (!_tokens.Current.Is("}"))
        {
            var isOptional = _tokens.Skip("?");
            var key = ReadExpr();
            var colon = _tokens.Expect(":");
            entries.Add(new(colon.Offset, key, ReadExpr(), isOptional));
            if (!_tokens.Skip(","))
                break;
        }

        _tokens.Expect("}");
        return new MapExpr(open.Offset, entries);
    }

    private ObjectExpr ReadObject(string typeName, Token open)
    {
        var fields = new List<FieldEntry>();
        while (!_tokens.Current.Is("}"))
        {
            var isOptional = _tokens.Skip("?");
            var name = _tokens.ExpectIdentifier();
            var colon = _tokens.Expect(":");
            fields.Add(new(colon.Offset, name.Text, ReadExpr(), isOptional));
            if (!_tokens.Skip(","))
                break;
        }

        _tokens.Expect("}");
        return new ObjectExpr(open.Offset, typeName, fields);
    }
}
