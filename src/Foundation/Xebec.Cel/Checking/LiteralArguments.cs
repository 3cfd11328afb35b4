using Xebec.Cel.Libraries;
using Xebec.Cel.Syntax;
using Xebec.Cel.Values;

namespace Xebec.Cel.Checking;

/// <summary>Literal durations, timestamps and patterns are checked with the expression and not only when it runs.</summary>
internal static class LiteralArguments
{
    /// <summary>What is wrong with the literal argument of a call; null when nothing is, or there is none.</summary>
    public static string? Check(Expr expr)
    {
        if (expr is not CallExpr { Arguments: [.., LiteralExpr { Value: CelString literal }] } call)
            return null;
        var isRight = call.Function switch
        {
            "duration" => CelDuration.Parse(literal.Text) is not null,
            "timestamp" => CelTimestamp.Parse(literal.Text) is not null,
            "matches" => Re2.Compile(literal.Text, out _) is not null,
            _ => true,
        };
        return isRight ? null : $"invalid {call.Function} argument";
    }
}
