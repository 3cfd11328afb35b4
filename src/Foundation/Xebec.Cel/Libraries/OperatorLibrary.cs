using Xebec.Cel.Functions;
using Xebec.Cel.Syntax;
using Xebec.Cel.Values;
using static Xebec.Cel.Libraries.LibraryTypes;

namespace Xebec.Cel.Libraries;

/// <summary>The operators (CEL specification, "Standard definitions"). Those whose code is a node of its own are only declared here.</summary>
internal static class OperatorLibrary
{
    private static readonly CelType[] Numbers = [CelType.Int, CelType.Uint, CelType.Double];

    public static void AddTo(FunctionTable table)
    {
        AddLogic(table);
        AddRelations(table);
        AddContainers(table);
        table.Function(Operators.Negate, "negate_int64", CelType.Int, CelType.Int, Arithmetic.Negate);
        table.Function(Operators.Negate, "negate_double", CelType.Double, CelType.Double, v => new CelDouble(-((CelDouble)v).Number));
        foreach (var type in Numbers)
        {
            Number(table, Operators.Add, type, Arithmetic.Add);
            Number(table, Operators.Subtract, type, Arithmetic.Subtract);
            Number(table, Operators.Multiply, type, Arithmetic.Multiply);
            Number(table, Operators.Divide, type, Arithmetic.Divide);
            if (type != CelType.Double)
                Number(table, Operators.Modulo, type, Arithmetic.Modulo);
        }

        AddConcatenations(table);
        AddTimes(table);
    }

    private static void Number(FunctionTable table, string function, CelType type, Func<CelValue, CelValue, CelValue> code) =>
        table.Function(function, function + type.Name, type, type, type, code);

    private static void AddLogic(FunctionTable table)
    {
        table.Function(Operators.Or, "logical_or", CelType.Bool, CelType.Bool, CelType.Bool, InNode);
        table.Function(Operators.And, "logical_and", CelType.Bool, CelType.Bool, CelType.Bool, InNode);
        table.Function(Operators.Not, "logical_not", CelType.Bool, CelType.Bool, v => CelBool.Of(!((CelBool)v).Flag));
        table.Function(Operators.NotStrictlyFalse, "not_strictly_false", CelType.Bool, CelType.Bool, v => v);
        table.Function(Operators.Conditional, "conditional", [CelType.Bool, A, A], A, v => v[1]);
        table.Function(Operators.Equal, "equals", A, A, CelType.Bool, (l, r) => CelBool.Of(l.EqualTo(r)));
        table.Function(Operators.NotEqual, "not_equals", A, A, CelType.Bool, (l, r) => CelBool.Of(!l.EqualTo(r)));
    }

    // Reached only when an operand is of the wrong type: the node has the code.
    private static CelError InNode(CelValue left, CelValue right) => CelError.NoSuchOverload;

    private static void AddRelations(FunctionTable table)
    {
        string[] relations = [Operators.Less, Operators.LessOrEqual, Operators.Greater, Operators.GreaterOrEqual];
        CelType[] ordered = [CelType.Bool, CelType.String, CelType.Bytes, CelType.Timestamp, CelType.Duration];
        foreach (var relation in relations)
        {
            foreach (var type in ordered)
                table.Function(relation, relation + type.Name, type, type, CelType.Bool, InNode);
            foreach (var left in Numbers)
            {
                foreach (var right in Numbers)
                    table.Function(relation, relation + left.Name + right.Name, left, right, CelType.Bool, InNode);
            }
        }
    }

    private static void AddContainers(FunctionTable table)
    {
        table.Function(Operators.Index, "index_list", ListOfA, CelType.Int, A, (l, i) => l.At(i));
        table.Function(Operators.Index, "index_map", MapOfAToB, A, B, (m, k) => m.At(k));
        table.Function(Operators.Index, "optional_list_index_int", CelType.Optional(ListOfA), CelType.Int, OptionalOfA, InNode);
        table.Function(Operators.Index, "optional_map_index_value", CelType.Optional(MapOfAToB), A, CelType.Optional(B), InNode);
        table.Function(Operators.OptionalIndex, "list_optindex_optional_int", ListOfA, CelType.Int, OptionalOfA, InNode);
        table.Function(Operators.OptionalIndex, "optional_list_optindex_optional_int", CelType.Optional(ListOfA), CelType.Int, OptionalOfA, InNode);
        table.Function(Operators.OptionalIndex, "map_optindex_optional_value", MapOfAToB, A, CelType.Optional(B), InNode);
        table.Function(Operators.OptionalIndex, "optional_map_optindex_optional_value", CelType.Optional(MapOfAToB), A, CelType.Optional(B), InNode);
        table.Function(Operators.In, "in_list", A, ListOfA, CelType.Bool, (item, list) => CelBool.Of(((CelList)list).Contains(item)));
        table.Function(Operators.In, "in_map", A, MapOfAToB, CelType.Bool, (key, map) => CelBool.Of(map.Find(key) is not null));
        table.Function(Operators.MapInsert, "@mapInsert_map_key_value", [MapOfAToB, A, B], MapOfAToB, v => v[0]);
        table.Function(Operators.MapInsert, "@mapInsert_map_map", MapOfAToB, MapOfAToB, MapOfAToB, InNode);
        foreach (var type in new[] { CelType.String, CelType.Bytes, ListOfA, MapOfAToB })
        {
            table.Function("size", $"size_{type.Name}", type, CelType.Int, SizeOf);
            table.Method("size", $"{type.Name}_size", type, CelType.Int, SizeOf);
        }
    }

    private static CelInt SizeOf(CelValue value) => CelInt.Of(value.Size ?? 0);

    private static void AddConcatenations(FunctionTable table)
    {
        table.Function(Operators.Add, "add_string", CelType.String, CelType.String, CelType.String, Text.Concat);
        table.Function(Operators.Add, "add_bytes", CelType.Bytes, CelType.Bytes, CelType.Bytes, (l, r) =>
            new CelBytes([.. ((CelBytes)l).Bytes, .. ((CelBytes)r).Bytes]));
        table.Function(Operators.Add, "add_list", ListOfA, ListOfA, ListOfA, (l, r) => ((CelList)l).Concat((CelList)r));
    }

    private static void AddTimes(FunctionTable table)
    {
        var (time, span) = (CelType.Timestamp, CelType.Duration);
        table.Function(Operators.Add, "add_timestamp_duration", time, span, time, (t, d) => TimeArithmetic.Move(t, d, 1));
        table.Function(Operators.Add, "add_duration_timestamp", span, time, time, (d, t) => TimeArithmetic.Move(t, d, 1));
        table.Function(Operators.Add, "add_duration_duration", span, span, span, (l, r) => TimeArithmetic.Sum(l, r, 1));
        table.Function(Operators.Subtract, "subtract_timestamp_duration", time, span, time, (t, d) => TimeArithmetic.Move(t, d, -1));
        table.Function(Operators.Subtract, "subtract_timestamp_timestamp", time, time, span, TimeArithmetic.Between);
        table.Function(Operators.Subtract, "subtract_duration_duration", span, span, span, (l, r) => TimeArithmetic.Sum(l, r, -1));
    }
}
