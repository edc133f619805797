using System.Text.Json;
using System.Text.Json.Nodes;
using Decant.Server.Tests.Accounts;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Documents;

/// <summary>Answers as the hosted service's clients read them.</summary>
internal static class HostedAnswers
{
    public static void AssertFields(JsonNode answer, params (string Name, JsonValueKind Kind)[] fields) =>
        Assert.All(fields, field => Assert.Equal(field.Kind, answer[field.Name]?.GetValueKind()));
}

/// <summary>Test classes that share one server.</summary>
[CollectionDefinition]
public sealed class HostedServers<TDatabase> : ICollectionFixture<OpenServerOn<TDatabase>>
    where TDatabase : ITestDatabase;
