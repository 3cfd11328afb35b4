using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Flowcontrol;

/// <summary>PriorityLevelConfigurations.</summary>
internal static class PriorityLevelRules
{
    private const long MostQueues = 10_000_000;
    private const int MostHashBits = 60;

    public static void Check(ObjectValue level, CheckContext context)
    {
        var isNamedExempt = level.GetObject("metadata")?.GetString("name") == "exempt";
        var type = level.GetObject("spec")?.GetString("type") ?? "";
        if (isNamedExempt != (type == "Exempt"))
        {
            var path = context.At("spec").Child("type");
            context.Add(FieldError.Invalid(path, type, "type must be 'Exempt' if and only if name is 'exempt'"));
        }
    }

    public static void CheckSpec(ObjectValue spec, CheckContext context)
    {
        var (isLimited, isExempt) = (!spec["limited"].IsAbsent(), !spec["exempt"].IsAbsent());
        switch (spec.GetString("type"))
        {
            case "Exempt" when isLimited:
                context.Forbidden("limited", "must be nil if the type is not Limited");
                break;
            case "Limited" when !isLimited:
                context.Required("limited", "must not be empty when type is Limited");
                break;
            case "Limited" when isExempt:
                context.Forbidden("exempt", "must be nil if the type is Limited");
                break;
        }
    }

    public static void CheckResponse(ObjectValue response, CheckContext context)
    {
        var isQueuing = !response["queuing"].IsAbsent();
        if (response.GetString("type") == "Reject" && isQueuing)
            context.Forbidden("queuing", "must be nil if limited.limitResponse.type is not Limited");
        else if (response.GetString("type") == "Queue" && !isQueuing)
            context.Required("queuing", "must not be empty if limited.limitResponse.type is Limited");
    }

    public static void CheckQueuing(ObjectValue queuing, CheckContext context)
    {
        var (queues, hand, length) = (Number(queuing, "queues"), Number(queuing, "handSize"), Number(queuing, "queueLengthLimit"));
        if (length <= 0)
            context.Invalid("queueLengthLimit", length, "must be positive");
        if (queues <= 0)
            context.Invalid("queues", queues, "must be positive");
        else if (queues > MostQueues)
            context.Invalid("queues", queues, $"must not be greater than {MostQueues}");
        if (hand <= 0)
            context.Invalid("handSize", hand, "must be positive");
        else if (hand > queues)
            context.Invalid("handSize", hand, $"should not be greater than queues ({queues})");
        else if (EntropyBits(queues, hand) is var bits && bits > MostHashBits)
            context.Invalid("handSize", hand, $"required entropy bits of deckSize {queues} and handSize {hand} should not be greater than {MostHashBits}");
    }

    // How many bits of hash it takes to deal a hand.
    private static int EntropyBits(long deck, long hand) => (int)Math.Ceiling(Math.Log2(deck) * hand);

    private static long Number(ObjectValue item, string field) => item[field]?.AsInt64() ?? 0;
}
