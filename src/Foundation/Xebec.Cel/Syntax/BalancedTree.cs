namespace Xebec.Cel.Syntax;

/// <summary>A chain of one logical operator as a tree of least height, the one upstream builds.</summary>
internal static class BalancedTree
{
    public static CallExpr Of(string function, List<Expr> operands, List<int> offsets, int low, int high)
    {
        var middle = (low + high + 1) / 2;
        var left = middle == low ? operands[middle] : Of(function, operands, offsets, low, middle - 1);
        var right = middle == high ? operands[middle + 1] : Of(function, operands, offsets, middle + 1, high);
        return new CallExpr(offsets[middle], function, null, [left, right]);
    }
}
