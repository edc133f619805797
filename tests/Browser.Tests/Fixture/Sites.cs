namespace Decant.Browser.Tests.Fixture;

/// <summary>Tests that share a server with nothing set but what all have; one after another, since they share its queue too.</summary>
[CollectionDefinition]
public sealed class OneSite : ICollectionFixture<Site>;

/// <summary>The others that do: there are two cores.</summary>
[CollectionDefinition]
public sealed class OtherSite : ICollectionFixture<Site>;
