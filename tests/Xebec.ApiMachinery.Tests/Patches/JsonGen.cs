using CsCheck;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Tests.Patches;

/// <summary>Small random JSON trees over few names, so that two of them overlap.</summary>
internal static class JsonGen
{
    public static readonly Gen<Value> Scalar = Gen.OneOf(
        Gen.Int[0, 3].Select(i => (Value)new NumberValue(i)),
        Gen.OneOf(Gen.Const("x"), Gen.Const("y")).Select(s => (Value)new StringValue(s)),
        Gen.Bool.Select(b => (Value)b));

    public static readonly Gen<Value> Any = Gen.Recursive<Value>((depth, self) => depth > 3
        ? Scalar
        : Gen.OneOf(Scalar, Members(self).Select(o => (Value)o), self.Array[0, 3].Select(items => (Value)new ListValue(items))));

    public static readonly Gen<ObjectValue> Object = Members(Any);

    private static Gen<ObjectValue> Members(Gen<Value> member) =>
        Gen.Select(Gen.OneOf(Gen.Const("a"), Gen.Const("b"), Gen.Const("c"), Gen.Const("d")), member).Array[0, 4].Select(pairs =>
        {
            var members = new ObjectValue();
            foreach (var (name, value) in pairs)
                members[name] = value;
            return members;
        });
}
