def extract_social_media_content(social_urls, api_key):
    """Extract content from various social media platforms for analysis"""

    extracted_content = []

    for url in social_urls:
        # Detect platform
        platform = "unknown"
        if "tiktok.com" in url:
            platform = "tiktok"
        elif "instagram.com" in url:
            platform = "instagram" 
        elif "youtube.com" in url or "youtu.be" in url:
            platform = "youtube"
        elif "vimeo.com" in url:
            platform = "vimeo"

        print(f"Extracting from {platform}: {url}")

        # Platform-specific extraction settings
        if platform == "tiktok":
            # TikTok: usually short videos, extract both video and audio
            download_config = {
                "format": "mp4",
                "quality": "best",
                "audio_only": False,  # Keep video for visual analysis
                "include_thumbnail": True
            }
        elif platform == "instagram":
            # Instagram: stories, reels, posts
            download_config = {
                "format": "mp4", 
                "quality": "720p",
                "audio_only": True,   # Often interested in audio
                "include_thumbnail": True
            }
        else:
            # YouTube, Vimeo: longer content
            download_config = {
                "format": "mp3",         # Audio for analysis
                "quality": "320kbps",
                "audio_only": True,
                "include_thumbnail": True
            }

        download_config["url"] = url

        response = requests.post(
            "https://api.audiopod.ai/api/v1/video/download",
            headers={"X-API-Key": api_key},
            json=download_config
        )

        if response.status_code == 200:
            job_data = response.json()
            extracted_content.append({
                "platform": platform,
                "url": url,
                "job_id": job_data["job"]["id"],
                "config": download_config,
                "status": "processing"
            })

    return extracted_content

# Usage for social media analysis
social_urls = [
    "https://tiktok.com/@user/video/123",
    "https://instagram.com/p/ABC123/",
    "https://youtube.com/watch?v=analysis_video",
    "https://vimeo.com/123456789"
]

social_content = extract_social_media_content(social_urls, "your_api_key")
print(f"Extracting content from {len(social_content)} social media sources")
