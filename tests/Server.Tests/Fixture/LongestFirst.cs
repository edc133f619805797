using Decant.Server.Tests.Fixture;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Decant.Server.Tests.Fixture;

/// <summary>Classes that take most of a minute begin first: one that began last would run alone, with a core idle, at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long =
    [
        .. new[]
        {
            typeof(Billing.Crashes.CrashOnSqlite),
            typeof(Cluster.ChaosTests),
            typeof(Data.OutageTests),
            typeof(Downloads.ImpatientListTests),
            typeof(Guide.GuideTests),
            typeof(Jobs.FairnessOnPostgres),
            typeof(Jobs.LiveOnSqlite),
            typeof(Jobs.OrderOnSqlite),
            typeof(Jobs.RestartOnPostgres),
            typeof(Jobs.RestartOnSqlite),
            typeof(Jobs.TwoNodesTests),
            typeof(Sandbox.TakenServerTests),
        }.Select(type => $" {type.FullName} "),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(
        IReadOnlyCollection<TTestCollection> testCollections
    )
        where TTestCollection : ITestCollection =>
        [
            .. testCollections
                .OrderByDescending(one => Long.Any(one.TestCollectionDisplayName.Contains))
                // As without it: by name, the same classes would always run beside each other.
                .ThenBy(one => one.UniqueID, StringComparer.Ordinal),
        ];
}
