using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Decant.Tests.LongestFirst))]

namespace Decant.Tests;

/// <summary>Marks a class of tests that takes most of a minute, so that it begins before all others.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class LongAttribute : Attribute;

/// <summary>Order of the classes of a run: a long one that began last would run alone, with a core idle, at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    // A class is a collection of its own, and named in the collection's name.
    private static readonly string[] Long =
    [
        .. typeof(LongestFirst)
            .Assembly.GetTypes()
            .Where(type => type.IsDefined(typeof(LongAttribute), inherit: false))
            .Select(type => $" {type.FullName} "),
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
