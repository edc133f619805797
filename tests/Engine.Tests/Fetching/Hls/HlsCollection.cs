namespace Decant.Engine.Tests.Fetching.Hls;

/// <summary>Test classes that share one <see cref="HlsMaterial"/>.</summary>
[CollectionDefinition]
public sealed class HlsCollection : ICollectionFixture<HlsMaterial>;
