using System.Text;
using System.Text.Json;

namespace Xebec.ApiServer.Tests.Errors;

/// <summary>CEL expressions, whole and damaged, in the places that take them: the JSON around them stays valid, so that they are compiled and run.</summary>
internal static class FuzzExpressions
{
    private const string Admission = "/apis/admissionregistration.k8s.io/v1";

    private static readonly string[] Expressions =
    [
        "object.metadata.name.size() > 3 && object.metadata.name.startsWith('f')",
        "!has(object.spec) || object.spec.?replicas.orValue(1) < 3",
        "object.data.all(k, k.matches('^[a-z]+$') && object.data[k].size() < 10)",
        "oldObject == null || oldObject.metadata.uid == object.metadata.uid",
        "[1, 2, 3].map(x, x * 2).filter(x, x > 2).exists_one(x, x == 4) && [3,1].sum() == 4 && [2,1].min() == 1",
        "quantity('1Gi').isGreaterThan(quantity('500Mi')) && isQuantity('1k') && quantity('1').add(quantity('2')).asInteger() == 3",
        "duration('1h').getSeconds() > 60 && timestamp('2026-01-01T00:00:00Z') < timestamp('2027-01-01T00:00:00Z')",
        "url('https://a.b:80/c?d=e').getHostname() == 'a.b' && ip('10.0.0.1').family() == 4 && cidr('10.0.0.0/8').containsIP('10.1.1.1')",
        "'a,b,c'.split(',').join('-').replace('a', 'b').upperAscii().indexOf('B') == 0 && 'x%s'.format([1]) == 'x1'",
        "request.userInfo.username == 'admin' ? true : authorizer.group('').resource('pods').namespace('default').check('get').allowed()",
        "variables.n == 'x' || semver('1.2.3').major() == 1 || format.dns1123Label().validate('a').hasValue()",
        "{'a': 1, 'b': 2}.transformMap(k, v, v + 1)['a'] == 2 || sets.contains([1,2], [1]) && dyn(1) == 1u",
        "9223372036854775807 + 1 > 0 || 1 / 0 == 1 || -9223372036854775808 == 0 || 1.0e400 > 0.0 || b'\\xff' == b''",
        "self.size < 100 && self.parts.all(p, self.parts.exists(q, q.weight == p.weight))",
        "((((((((((((((((((((1))))))))))))))))))))== 1 && [[[[[[[[[[[]]]]]]]]]]] != [[]]",
    ];

    /// <summary>A request that puts an expression, perhaps damaged, where it is compiled and run.</summary>
    public static FuzzRequest Next(Random random)
    {
        var expression = Mutate(Expressions[random.Next(Expressions.Length)], random);
        return random.Next(5) switch
        {
            0 => Json("PUT", $"{Admission}/mutatingadmissionpolicies/fuzz-seed", ApplyingPolicy($"Object{{metadata: Object.metadata{{labels: {{'a': string({expression})}} }} }}")),
            1 => Json("PATCH", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.fuzz.example.com", Rules(expression), "application/json-patch+json"),
            2 => Json("POST", $"{Admission}/{(random.Next(2) == 0 ? "validating" : "mutating")}webhookconfigurations", Webhook(expression)),
            3 => Json("PUT", $"{Admission}/mutatingadmissionpolicies/fuzz-seed", MutatingPolicy($"[JSONPatch{{op: 'add', path: '/metadata/labels', value: {{'a': string({expression})}} }}]")),
            _ => Json("PUT", $"{Admission}/validatingadmissionpolicies/fuzz-seed", ValidatingPolicy(expression)),
        };
    }

    /// <summary>A policy of a validation that only warns when it fails.</summary>
    public static string ValidatingPolicy(string expression) => $$$"""
        {"metadata":{"name":"fuzz-seed"},"spec":{"failurePolicy":"Ignore","matchConstraints":{{{Everything}}},
        "variables":[{"name":"n","expression":"object.metadata.?name.orValue('')"}],
        "validations":[{"expression":"{{{Text(expression)}}}","messageExpression":"'so ' + variables.n"}] } }
        """;

    /// <summary>A policy of a JSON patch.</summary>
    public static string MutatingPolicy(string expression) => Mutating("JSONPatch", "jsonPatch", expression);

    private static string ApplyingPolicy(string expression) => Mutating("ApplyConfiguration", "applyConfiguration", expression);

    private static string Mutating(string type, string member, string expression) => $$$"""
        {"metadata":{"name":"fuzz-seed"},"spec":{"failurePolicy":"Ignore","reinvocationPolicy":"Never","matchConstraints":{{{Everything}}},
        "mutations":[{"patchType":"{{{type}}}","{{{member}}}":{"expression":"{{{Text(expression)}}}"} }] } }
        """;

    private const string Everything = """
        {"resourceRules":[{"apiGroups":["*"],"apiVersions":["*"],"operations":["CREATE","UPDATE"],"resources":["configmaps","gadgets","deployments"]}]}
        """;

    private static string Rules(string expression) => $$"""
        [{"op":"add","path":"/spec/versions/0/schema/openAPIV3Schema/properties/spec/x-kubernetes-validations/0","value":{"rule":"{{Text(expression)}}"} },
         {"op":"remove","path":"/spec/versions/0/schema/openAPIV3Schema/properties/spec/x-kubernetes-validations/1"}]
        """;

    // It matches a resource that nobody has: what a webhook that is not there does to requests is another test's.
    private static string Webhook(string expression) => $$$"""
        {"metadata":{"generateName":"fuzz-"},"webhooks":[{"name":"a.fuzz.example.com","admissionReviewVersions":["v1"],"sideEffects":"None",
        "failurePolicy":"Ignore","timeoutSeconds":1,"clientConfig":{"url":"https://127.0.0.1:1/x"},
        "rules":[{"apiGroups":["nobody.example.com"],"apiVersions":["v1"],"operations":["*"],"resources":["nothings"]}],
        "matchConditions":[{"name":"c","expression":"{{{Text(expression)}}}"}] }] }
        """;

    private static string Text(string expression) => JsonEncodedText.Encode(expression).ToString();

    /// <summary>A text with up to three characters or stretches of it changed.</summary>
    public static string Mutate(string text, Random random)
    {
        var builder = new StringBuilder(text);
        for (var i = random.Next(4); i > 0 && builder.Length > 0; i--)
        {
            var at = random.Next(builder.Length);
            var length = Math.Min(random.Next(1, 12), builder.Length - at);
            if (random.Next(3) == 0)
                builder.Remove(at, length);
            else if (random.Next(2) == 0)
                builder.Insert(at, builder.ToString(at, length));
            else
                builder[at] = "()[]{}.,'\"=!<>&|?:+-*/%0x9 \\\nu_"[random.Next(31)];
        }

        return builder.ToString();
    }

    private static FuzzRequest Json(string method, string path, string body, string type = "application/json") =>
        new(method, path, type, Encoding.UTF8.GetBytes(body));
}
