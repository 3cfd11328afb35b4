namespace Xebec.Cel.Syntax;

/// <summary>The function names of operators, as messages show them.</summary>
internal static class Operators
{
    public const string And = "_&&_";
    public const string Or = "_||_";
    public const string Not = "!_";
    public const string Negate = "-_";
    public const string Conditional = "_?_:_";
    public const string Index = "_[_]";
    public const string OptionalIndex = "_[?_]";
    public const string OptionalSelect = "_?._";
    public const string Equal = "_==_";
    public const string NotEqual = "_!=_";
    public const string In = "@in";
    public const string Add = "_+_";
    public const string Subtract = "_-_";
    public const string Multiply = "_*_";
    public const string Divide = "_/_";
    public const string Modulo = "_%_";
    public const string Less = "_<_";
    public const string LessOrEqual = "_<=_";
    public const string Greater = "_>_";
    public const string GreaterOrEqual = "_>=_";
    public const string NotStrictlyFalse = "@not_strictly_false";
    public const string MapInsert = "cel.@mapInsert";

    public const string SortByKeys = "@sortByAssociatedKeys";

    /// <summary>The name of what macros accumulate; no expression can write it.</summary>
    public const string Accumulator = "@result";

    public static string Binary(string symbol) => symbol == "in" ? In : $"_{symbol}_";
}
