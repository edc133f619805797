namespace Decant.Engine.Tests.Corpus;

/// <summary>Damage as disks, servers and people do it to files, the same for the same seed.</summary>
internal static class Mutation
{
    public static (string Kind, byte[] Bytes) Of(byte[] whole, int seed)
    {
        var random = new Random(seed);
        var bytes = (byte[])whole.Clone();
        var at = random.Next(bytes.Length);
        var length = random.Next(1, Math.Max(2, bytes.Length / 4));
        switch (random.Next(7))
        {
            case 0:
                for (var flips = random.Next(1, 64); flips > 0; flips--)
                    bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                return ("bits flipped", bytes);
            case 1:
                bytes.AsSpan(at, Math.Min(length, bytes.Length - at)).Clear();
                return ("zeros in it", bytes);
            case 2:
                return ("cut end", bytes[..Math.Max(1, bytes.Length - length)]);
            case 3:
                return ("cut anywhere", bytes[..Math.Max(1, at)]);
            case 4:
                return ("a piece missing", [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + length)..]]);
            case 5:
                return ("a piece twice", [.. bytes[..at], .. bytes[Math.Max(0, at - length)..]]);
            default:
                // Headers are at the beginning and at the end: lengths and counts that are wrong.
                for (var words = random.Next(1, 6); words > 0; words--)
                {
                    var near = random.Next(Math.Min(4096, bytes.Length - 4));
                    random.NextBytes(bytes.AsSpan(random.Next(2) == 0 ? near : bytes.Length - 4 - near, 4));
                }
                return ("wrong lengths", bytes);
        }
    }
}
